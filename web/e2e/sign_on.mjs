// Signing on through a provider of OpenID Connect: a real one, in a real browser.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startIdentityProvider } from './identity_provider.mjs'
import { ask, newUser, openPage } from './world.mjs'

const label = 'Metro at work'
const words = {
  too_late: 'That took too long, or was begun in another browser or tab.',
  refused: 'You were recognized, but may not sign in here.',
  failed: 'Signing in that way did not work.',
}

// The browser itself reports answers that are no success.
const isExpected = (complaint) => /Failed to load resource: .* (400|409) /.test(complaint)
const dialogOf = (page) => page.getByRole('dialog')
const press = (where, name) => where.getByRole('button', { name, exact: true }).click()

async function visit(world, path, act) {
  const { page, complaints, close } = await openPage(world, { path: `/console${path}` })
  await act(page)
  assert.deepEqual(complaints.filter((one) => !isExpected(one)), [])
  await close()
}

function testProviders(world) {
  test('a provider is added in the console, and tells the address that it has to know', async () => {
    await visit(world(), '/users', async (page) => {
      await page.getByRole('tab', { name: 'Sign-on' }).click()
      await page.getByRole('heading', { name: 'No providers yet' }).waitFor()
      await press(page, 'Add a provider')
      const dialog = dialogOf(page)
      const field = (name) => dialog.getByRole('textbox', { name })
      await field('Name').fill('Metro at home')
      await field('In addresses').fill('Home!')
      await field('Issuer').fill('https://id.home.example')
      await field('Client').first().fill('sluice')
      await dialog.getByLabel('Client secret').fill('hush-hush')
      await press(dialog, 'Add')
      await dialog.getByText('Choose how users are found.').waitFor()
      await field('A user is found by').click()
      await page.getByRole('option', { name: /^the subject/ }).click()
      await press(dialog, 'Add')
      await dialog.getByRole('alert').getByText(/it must be of small letters/).first().waitFor()
      assert.equal(await dialog.getByLabel('Client secret').inputValue(), 'hush-hush', 'what was typed is kept')
      await field('In addresses').fill('home')
      const callback = `${world().url}/api/v1/oidc/home/callback`
      await dialog.getByText(callback, { exact: true }).waitFor()
      await press(dialog, 'Add')
      await page.getByRole('dialog', { name: 'One step is left' }).getByRole('button', { name: `Copy ${callback}` }).waitFor()
      await press(dialogOf(page), 'Close')
      const row = page.getByRole('row', { name: /Metro at home/ })
      for (const text of ['https://id.home.example', 'subject', callback]) await row.getByText(text, { exact: true }).waitFor()
      assert.ok(!(await page.content()).includes('hush-hush'), 'the secret is not shown again')

      await press(page, 'Add a provider')
      await field('Name').fill('Another')
      await field('In addresses').fill('home')
      await field('Issuer').fill('https://other.example')
      await field('Client').first().fill('us')
      await dialog.getByLabel('Client secret').fill('hush')
      await field('A user is found by').click()
      await page.getByRole('option', { name: /^the verified/ }).click()
      await press(dialog, 'Add')
      await dialog.getByRole('alert').getByText(/there is a provider home already/).waitFor()
      assert.equal(await field('Issuer').inputValue(), 'https://other.example')
      await press(dialog, 'Not now')

      await press(page, 'Remove Metro at home')
      await dialogOf(page).getByText('Nobody is linked with it: nobody loses their way in.').waitFor()
      await press(dialogOf(page), 'Remove')
      await page.getByText('The provider is removed.').waitFor()
      await page.getByRole('heading', { name: 'No providers yet' }).waitFor()
    })
  })
}

export function testSignOn(world) {
  testProviders(world)
  describe('sign-on', () => {
    const people = {}
    let provider
    before(async () => {
      provider = await startIdentityProvider(`${world().url}/api/v1/oidc/work/callback`, people)
      const { issuer, client_id, client_secret } = provider
      await ask(world(), 'POST', '/sign-on-providers', { name: 'work', label, issuer, client_id, client_secret, linked_by: 'email' })
    })
    after(async () => {
      await ask(world(), 'DELETE', '/sign-on-providers/work')
      await provider.stop()
    })

    // Somebody whom the provider knows.
    const person = (name, more = {}) => (people[name] = { email: `${name}@example.net`, email_verified: true, ...more })

    // To the provider, and there as whoever it is, up to the last click.
    async function goTo(name) {
      const opened = await openPage(world(), { path: '/console/sign-in', as: null })
      await opened.page.getByRole('link', { name: `Sign in with ${label}` }).click()
      await opened.page.locator('input[name=login]').fill(name)
      await opened.page.locator('input[name=password]').fill('whatever')
      await opened.page.getByRole('button', { name: 'Sign-in' }).click()
      await opened.page.getByRole('button', { name: 'Continue' }).waitFor()
      return opened
    }
    async function signOn(name) {
      const opened = await goTo(name)
      await opened.page.getByRole('button', { name: 'Continue' }).click()
      return opened
    }
    const isIn = (page) => page.getByRole('heading', { name: 'Dashboard' }).waitFor()
    async function isSentBack({ page, context }, ending) {
      await page.getByRole('alert').getByText(words[ending]).waitFor()
      assert.equal(new URL(page.url()).pathname, '/console/sign-in')
      assert.ok(!(await context.cookies()).some(({ name }) => name === 'sluice_session'), 'there is no session')
    }
    // Of the whole installation: whoever is nobody belongs to no operator.
    async function lastEntry() {
      const response = await fetch(`${world().url}/api/v1/audit-log?operation=finish_sign_on&limit=1`, { headers: { Authorization: `Bearer ${world().key}` } })
      return (await response.json()).items[0]
    }

    // The address to which the provider sends the browser, which has not gone there yet.
    async function interceptedCallback(name) {
      const opened = await goTo(name)
      const action = await opened.page.locator('form').first().evaluate((form) => form.action)
      const { request } = opened.context
      const next = async (response) => (await response).headers().location
      const resumed = await next(request.post(action, { form: { prompt: 'consent' }, maxRedirects: 0 }))
      const address = await next(request.get(resumed, { maxRedirects: 0 }))
      assert.ok(address.startsWith(`${world().url}/api/v1/oidc/work/callback?`), address)
      return { ...opened, address }
    }

    test('a user is found by the verified address, then by the subject whatever the address', async () => {
      const olga = await newUser(world(), 'Olga', 'clerk')
      person('olga', { email: 'Olga@Example.net' })
      const first = await signOn('olga')
      await isIn(first.page)
      const cookies = await first.context.cookies(world().url)
      assert.deepEqual(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })), [{ name: 'sluice_session', httpOnly: true, sameSite: 'Strict' }])
      const session = await first.page.evaluate(async () => (await fetch('/api/v1/session')).json())
      assert.equal(session.user.id, olga.id)
      await first.close()
      const entry = await lastEntry()
      assert.equal(entry.actor.id, olga.id)
      assert.equal(entry.status, 201)
      assert.deepEqual(entry.request, { provider: 'work', outcome: 'signed on', subject: 'olga', email: 'Olga@Example.net' })

      person('olga', { email: 'olga.petrova@elsewhere.example' })
      const second = await signOn('olga')
      await isIn(second.page)
      assert.equal((await second.page.evaluate(async () => (await fetch('/api/v1/session')).json())).user.id, olga.id)
      await second.close()

      // Whoever has the address now is somebody else.
      person('oleg', { email: 'olga@example.net' })
      const other = await signOn('oleg')
      await isSentBack(other, 'refused')
      await other.close()
      assert.match((await lastEntry()).request.outcome, /linked to another subject/)

      // Unless an owner says that it is her.
      await ask(world(), 'DELETE', `/users/${olga.id}/identities`)
      const anew = await signOn('oleg')
      await isIn(anew.page)
      await anew.close()
    })

    test('an owner sees who is linked with whom, unlinks them, and is told who would lose their way in', async () => {
      await ask(world(), 'POST', '/users', { login: 'nora@example.net', name: 'Nora', grants: [{ operator: 'metro', role: 'clerk' }] })
      await newUser(world(), 'Piet', 'clerk')
      for (const name of ['nora', 'piet']) {
        person(name)
        const opened = await signOn(name)
        await isIn(opened.page)
        await opened.close()
      }
      await visit(world(), '/users/sign-on', async (page) => {
        const row = page.getByRole('row', { name: new RegExp(label) })
        const linked = (await ask(world(), 'GET', '/sign-on-providers')).items.find(({ name }) => name === 'work').users
        await press(row, `Remove ${label}`)
        await dialogOf(page).getByText(/^One user has neither a password nor another provider/).waitFor()
        await dialogOf(page).getByText(linked === 2 ? /^One user goes on/ : `${linked - 1} users go on with a password or another provider:`).waitFor()
        const [lost, kept] = await dialogOf(page).getByRole('list').all()
        assert.equal((await lost.innerText()).trim(), 'Nora (nora@example.net)')
        assert.match(await kept.innerText(), /Piet \(piet@example\.net\)/)
        await press(dialogOf(page), 'Not now')
        await row.getByRole('link', { name: `Users: ${label}, ${linked}` }).click()
        await page.waitForURL(/users\?provider=work/)
        await page.getByRole('row', { name: /Nora/ }).getByText(label, { exact: true }).waitFor()
        await page.getByRole('row', { name: /Piet/ }).getByText(`password, ${label}`).waitFor()
        assert.equal(await page.getByRole('row', { name: /Ann Owner/ }).count(), 0, 'she is not linked')

        await press(page.getByRole('row', { name: /Piet/ }), 'Unlink')
        await dialogOf(page).getByText('as piet, since').waitFor()
        await press(dialogOf(page), 'Unlink')
        await page.getByText('The user is linked with nobody.').waitFor()
        await page.getByRole('row', { name: /Piet/ }).waitFor({ state: 'detached' })
        await page.goto(`${world().url}/console/users`)
        await page.getByRole('row', { name: /Piet/ }).getByText('password', { exact: true }).waitFor()
        assert.equal(await page.getByRole('row', { name: /Piet/ }).getByRole('button', { name: 'Unlink' }).count(), 0)
      })
      const again = await signOn('piet')
      await isIn(again.page)
      await again.close()
    })

    test('nobody becomes a user by it, and the page does not say why', async () => {
      person('stranger')
      const unknown = await signOn('stranger')
      await isSentBack(unknown, 'refused')
      await unknown.close()
      const entry = await lastEntry()
      assert.equal(entry.status, 401)
      assert.equal(entry.request.outcome, 'there is no such user')
      assert.equal(entry.actor.name, 'stranger@example.net')

      await newUser(world(), 'Uma', 'clerk')
      person('uma', { email_verified: false })
      const unverified = await signOn('uma')
      await isSentBack(unverified, 'refused')
      await unverified.close()
      assert.match((await lastEntry()).request.outcome, /no verified e-mail address/)
    })

    test('a disabled user stays out, linked or not', async () => {
      const dora = await newUser(world(), 'Dora', 'clerk')
      person('dora')
      const before = await signOn('dora')
      await isIn(before.page)
      await before.close()
      await ask(world(), 'PATCH', `/users/${dora.id}`, { disabled: true })
      const after = await signOn('dora')
      await isSentBack(after, 'refused')
      await after.close()
      assert.equal((await lastEntry()).request.outcome, 'the user is disabled')
    })

    test('an answer is for the browser that has asked, with its state, and once', async () => {
      await newUser(world(), 'Wanda', 'clerk')
      person('wanda')
      const wanda = await interceptedCallback('wanda')

      const elsewhere = await openPage(world(), { path: '/console/sign-in', as: null })
      await elsewhere.page.goto(wanda.address)
      await isSentBack(elsewhere, 'too_late')
      await elsewhere.close()

      const wrong = new URL(wanda.address)
      wrong.searchParams.set('state', '0'.repeat(64))
      await wanda.page.goto(wrong.href)
      await isSentBack(wanda, 'too_late')

      const [trip] = await wanda.context.cookies(`${world().url}/api/v1/oidc/work/`)
      assert.deepEqual([trip.name, trip.httpOnly, trip.sameSite], ['sluice_sign_on', true, 'Lax'])
      await wanda.page.goto(wanda.address)
      await isIn(wanda.page)
      await wanda.context.clearCookies()
      await wanda.context.addCookies([trip])
      await wanda.page.goto(wanda.address)
      await isSentBack(wanda, 'too_late')
      await wanda.close()
    })

    test('the answer of another issuer, and one without a good code, sign nobody on', async () => {
      await newUser(world(), 'Irma', 'clerk')
      person('irma')
      for (const [name, value, outcome] of [['iss', 'https://other.example', /of another issuer/], ['code', 'made-up', /answered 400/]]) {
        const irma = await interceptedCallback('irma')
        const changed = new URL(irma.address)
        changed.searchParams.set(name, value)
        await irma.page.goto(changed.href)
        await isSentBack(irma, 'failed')
        await irma.close()
        assert.match((await lastEntry()).request.outcome, outcome)
      }
    })

    test('who turns back at the provider lands on the sign-in page, and the password still works', async () => {
      const tess = await newUser(world(), 'Tess', 'clerk')
      person('tess')
      const opened = await goTo('tess')
      await opened.page.getByRole('link', { name: 'Cancel' }).click()
      await isSentBack(opened, 'failed')
      assert.match((await lastEntry()).request.outcome, /access_denied/)
      await opened.page.getByLabel('E-mail address').fill(tess.login)
      await opened.page.locator('input[type=password]').fill(tess.password)
      await opened.page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await isIn(opened.page)
      await opened.close()
    })
  })
}
