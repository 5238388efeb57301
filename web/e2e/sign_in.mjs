// Who is who: signing in and out, what ends a session, second factors, roles, users, and the log of what they did.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { ann, ask, newUser, openPage, signIn, stateOf } from './world.mjs'

const step_ms = 30_000

// A code of an authenticator app (RFC 6238) for the secret that it was given in base 32.
function totp(secret, steps_ahead = 0) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / step_ms) + steps_ahead))
  const digest = createHmac('sha1', key).update(counter).digest()
  return String((digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const signOut = async (page) => {
  await page.getByRole('button', { name: /^Your account: / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in$/)
}

export function testSessions(world) {
  test('a wrong password says so and keeps the address; the right one leads to where one was going', async () => {
    const { page, close } = await openPage(world(), { path: '/console/subscribers/S000018/documents?sort=due', as: null })
    await page.waitForURL(/sign-in\?from=/)
    await signIn(page, { ...ann, password: 'seven brown cows' })
    await page.getByText('The e-mail address or the password is wrong.').waitFor()
    assert.equal(await page.getByLabel('E-mail address').inputValue(), ann.login)
    await signIn(page, ann)
    await page.waitForURL(/subscribers\/S000018\/documents\?sort=due/)
    await close()
  })

  test('who has signed out is out, and the cookie is of no use', async () => {
    const { page, context, close } = await openPage(world(), { as: await stateOf(world(), ann) })
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
    const cookies = await context.cookies()
    assert.deepEqual(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })), [{ name: 'sluice_session', httpOnly: true, sameSite: 'Strict' }])
    await signOut(page)
    assert.deepEqual(await context.cookies(), [])
    await context.addCookies(cookies)
    await page.goto(`${world().url}/console/subscribers`)
    await page.waitForURL(/sign-in\?from=%2Fsubscribers/)
    await close()
  })

  test('a session that ends meanwhile leads to the sign-in page, and from there back', async () => {
    const mary = await newUser(world(), 'Mary', 'clerk')
    const { page, close } = await openPage(world(), { path: '/console/subscribers?category=mdu', as: await stateOf(world(), mary) })
    await page.getByRole('table').waitFor()
    for (const disabled of [true, false]) await ask(world(), 'PATCH', `/users/${mary.id}`, { disabled })
    await page.getByRole('button', { name: 'Balance' }).click()
    await page.waitForURL(/sign-in\?from=/)
    await signIn(page, mary)
    await page.waitForURL(/subscribers\?category=mdu&sort=balance/)
    await page.getByRole('table').waitFor()
    await close()
  })

  test('a second factor is set up, asked for, and replaced by a recovery code', async () => {
    const otto = await newUser(world(), 'Otto', 'clerk')
    const { page, close } = await openPage(world(), { path: '/console/account', as: await stateOf(world(), otto) })
    await page.getByRole('button', { name: 'Set it up' }).click()
    const secret = await page.getByText(/^[A-Z2-7]{32}$/).textContent()
    await page.getByRole('img', { name: 'The secret as a picture for your authenticator app' }).waitFor()
    await page.getByLabel('Code').fill('000000')
    await page.getByRole('button', { name: 'Put it in force' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Code').fill(totp(secret))
    await page.getByRole('button', { name: 'Put it in force' }).click()
    await page.getByText('Keep these recovery codes').waitFor()
    const recovery = await page.locator('code').first().textContent()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('A code from your app is asked for at every sign-in.').waitFor()

    const confirm = async (code) => {
      await page.getByLabel('Code from your app').fill(code)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    }
    await signOut(page)
    await signIn(page, otto)
    await confirm('000000')
    await page.getByText('The code is wrong or was used already.').waitFor()
    // The code that has confirmed it is used up; the server takes one a step ahead.
    await confirm(totp(secret, 1))
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
    await signOut(page)
    await signIn(page, otto)
    await confirm(recovery)
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
    await close()
  })

  test('a wrong password for the second factor or a new password ends no session', async () => {
    const nina = await newUser(world(), 'Nina', 'viewer')
    const { page, close } = await openPage(world(), { path: '/console/account', as: await stateOf(world(), nina) })
    await page.getByLabel('Current password').fill('another password')
    await page.getByLabel(/^New password/).fill('the next password')
    await page.getByLabel('The new password again').fill('the next password')
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('Current password').fill(nina.password)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('Password changed').waitFor()
    await close()
  })
}

function testRoles(world) {
  test('a viewer is offered nothing that would be refused, and is told so where it would', async () => {
    const vera = await newUser(world(), 'Vera', 'viewer')
    const { page, settled, close } = await openPage(world(), { path: '/console/subscribers/S000019', as: await stateOf(world(), vera) })
    const goTo = async (path) => {
      await page.goto(world().url + path)
      await settled()
    }
    const nothing = async (name) => assert.equal(await page.getByRole('button', { name }).count(), 0, `${name} on ${page.url()}`)
    await settled()
    for (const name of ['Record payment', /^Actions for/]) await nothing(name)
    for (const name of ['Sell', 'Users', 'API keys', 'Audit log', 'Import']) assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0, name)
    await goTo('/console/documents/INV-2026-000001')
    await nothing('Credit note')
    await goTo('/console/bill-runs')
    await nothing('Start a dry run')
    await goTo('/console/cash-desk')
    await nothing('Open a shift')
    await goTo('/console/payments')
    await nothing('Record payment')
    for (const path of ['/console/users', '/console/audit-log', '/console/sell', '/console/api-keys', '/console/import']) {
      await goTo(path)
      await page.getByText('This page needs the role').waitFor()
    }
    const refused = await page.evaluate(async () => {
      const { csrf_token } = await (await fetch('/api/v1/session')).json()
      const send = async (headers) => (await (await fetch('/api/v1/cash-shifts', { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' })).json()).code
      return [await send({}), await send({ 'Sluice-CSRF': csrf_token })]
    })
    assert.deepEqual(refused, ['csrf_token_missing', 'not_allowed'])
    await close()
  })

  test('a cashier works with the till and nothing else', async () => {
    const carl = await newUser(world(), 'Carl', 'cashier')
    const { page, settled, close } = await openPage(world(), { path: '/console/cash-desk', as: await stateOf(world(), carl) })
    await page.getByRole('button', { name: 'Open a shift' }).click()
    await page.getByRole('dialog').getByLabel('Desk').fill('side')
    await page.getByRole('dialog').getByLabel('Float').fill('50')
    await page.getByRole('dialog').getByRole('button', { name: 'Open a shift' }).click()
    await page.getByRole('button', { name: 'Take cash' }).waitFor()
    await page.goto(`${world().url}/console/subscribers/S000019`)
    await settled()
    assert.equal(await page.getByRole('button', { name: 'Record payment' }).count(), 0)
    await close()
  })

  test('a new user sets the password by the one-time link, works, and stands in the audit log', async () => {
    const owner = await openPage(world(), { path: '/console/users' })
    const dialog = owner.page.getByRole('dialog')
    await owner.page.getByRole('button', { name: 'New user' }).click()
    await dialog.getByLabel('E-mail address').fill('paul@example.net')
    await dialog.getByLabel('Name').fill('Paul Clerk')
    await dialog.getByRole('button', { name: 'Create' }).click()
    const link = await dialog.getByText(/\/console\/reset#\w+/).textContent()
    await owner.page.keyboard.press('Escape')
    await owner.page.getByRole('row', { name: /paul@example\.net/ }).getByText('metro: clerk').waitFor()

    const password = 'green eggs and ham'
    const { page, close } = await openPage(world(), { path: link.slice(world().url.length), as: null })
    await page.getByLabel(/^New password/).fill(password)
    await page.getByLabel('The new password again').fill(password)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('The new password holds from now on.').waitFor()
    await page.getByRole('link', { name: 'To the sign-in page' }).click()
    await signIn(page, { login: 'paul@example.net', password })
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
    await page.goto(`${world().url}/console/subscribers/S000021`)
    await page.getByRole('button', { name: 'Record payment' }).click()
    await page.getByRole('dialog').getByLabel('Amount').fill('1.25')
    await page.getByRole('dialog').getByRole('button', { name: 'Record payment' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await close()

    await owner.page.goto(`${world().url}/console/audit-log`)
    const entry = owner.page.getByRole('row', { name: /Paul Clerk.*record_payment/ })
    await entry.getByText('201').waitFor()
    await entry.getByRole('button', { name: 'Show' }).click()
    await dialog.getByText('"1.25"').first().waitFor()
    assert.ok(!(await owner.page.content()).includes(password))
    await owner.page.goto(`${world().url}/console/audit-log?scope=all&operation=create_user`)
    await owner.page.getByRole('row', { name: /Ann Owner.*create_user/ }).first().waitFor()
    await owner.close()
  })
}

export function testSignIn(world) {
  testSessions(world)
  testRoles(world)
}
