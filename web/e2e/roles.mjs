// What each role may: every operation of the API with its session, and every page with what can be pressed there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { controls, harmless, permissions } from './permissions.mjs'
import { office_paths } from './office.mjs'
import { pathOf, paths } from './pages.mjs'
import { newUser, openPage, stateOf } from './world.mjs'

const roles = ['viewer', 'cashier', 'support', 'clerk', 'owner']
const api = parse(readFileSync(fileURLToPath(new URL('../../openapi.yaml', import.meta.url)), 'utf8'))

// The operations that want somebody to be signed in, or a key.
function guarded() {
  const named = (node) => (node.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], api) : node)
  const found = []
  for (const [path, item] of Object.entries(api.paths))
    for (const [method, operation] of Object.entries(item)) {
      if (method === 'parameters' || ['none', 'signature'].includes(operation['x-role'])) continue
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(named)
      const exampleOf = (name) => {
        const { example, schema } = parameters.find((one) => one.in === 'path' && one.name === name)
        return encodeURIComponent(example ?? named(schema).enum[0])
      }
      // Who may is asked before what they want is looked at: a parameter that nothing knows keeps all this without effect.
      const target = `${path.replace(/\{([^}]*)\}/g, (_, name) => exampleOf(name))}?no_such_parameter=1`
      found.push({ id: operation.operationId, method: method.toUpperCase(), target })
    }
  return found
}

// GIVES: by operation, what the server says to who is signed in on that page.
const answersTo = (page, operations) =>
  page.evaluate(async (asked) => {
    const { csrf_token } = await (await fetch('/api/v1/session')).json()
    const answers = {}
    for (const { id, method, target } of asked) {
      const headers = { 'Sluice-CSRF': csrf_token, 'Sluice-Operator': 'metro', 'Content-Type': 'application/json' }
      const reply = await fetch(target, { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) })
      answers[id] = `${reply.status} ${(await reply.json()).code}`
    }
    return answers
  }, operations)
const answer_of = { true: '400 invalid_request', false: '403 not_allowed' }

// The operations that the table names, by role.
function expectedOf(role) {
  const expected = {}
  for (const [who, ids] of Object.entries(permissions))
    for (const id of ids.trim().split(/\s+/)) {
      assert.ok(!(id in expected), `${id} stands twice in the table`)
      expected[id] = answer_of[who.split(' ').includes(role)]
    }
  return expected
}

// What can be pressed on the page that is shown: buttons, switches, files to choose, and what stands in the menus.
async function pressable(page) {
  const names = await page.evaluate(() => {
    const name = (one) => (one.getAttribute('aria-label') || one.labels?.[0]?.textContent || one.textContent).trim()
    const found = [...document.querySelectorAll('main button, main [role=switch], main [type=file]')]
    return found.filter((one) => !one.matches(':disabled, [data-disabled], [role=tab]') && one.checkVisibility()).map(name).filter(Boolean)
  })
  for (const [kind, most] of [[/^More$/, 1], [/^Actions /, 2]])
    for (const menu of (await page.locator('main').getByRole('button', { name: kind }).all()).slice(0, most)) {
      await menu.click()
      const items = page.getByRole('menuitem')
      await items.first().waitFor()
      for (const item of await items.all()) if (await item.isEnabled()) names.push((await item.textContent()).trim())
      await page.keyboard.press('Escape')
      await items.first().waitFor({ state: 'hidden' })
    }
  return [...new Set(names)]
}

// From page to page as a link leads there, without loading the console anew.
const goTo = (page, path) =>
  page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, `/console${path}`)

const inside = [...paths, ...office_paths].filter((path) => !/^\/(sign-in|reset)/.test(path))
const isExpected = (complaint) => /Failed to load resource: .* 404 /.test(complaint)

async function walk(world, role, state) {
  const { page, complaints, settled, close } = await openPage(world, { path: '/console/dashboard', as: state })
  const wrongs = []
  let at = ''
  page.on('response', (reply) => {
    if (reply.status() === 403) wrongs.push(`${at} asks for what is refused: ${reply.url()}`)
  })
  for (const path of inside) {
    at = path
    await goTo(page, await pathOf(world, path))
    await settled()
    for (const name of await pressable(page)) {
      if (harmless.some((one) => one.test(name))) continue
      const operation = controls[name] ?? controls[name.replace(/: the note of .*/, ' note').replace(/ \d+|: .*/, '')]
      if (!operation) wrongs.push(`${at}: what “${name}” does is not known to permissions.mjs`)
      else if (expectedOf(role)[operation] !== answer_of.true) wrongs.push(`${at} offers “${name}”`)
    }
  }
  await close()
  return [...wrongs, ...complaints.filter((one) => !isExpected(one))]
}

export function testRoles(world) {
  describe('each role', { concurrency: 2 }, () => {
    for (const role of roles)
      test(`${role}: every operation is granted or refused as the table says, and no page offers what is refused`, async () => {
        const state = await stateOf(world(), await newUser(world(), `Any-${role}`, role))
        const { page, close } = await openPage(world(), { path: '/console/account', as: state })
        assert.deepEqual(await answersTo(page, guarded()), expectedOf(role))
        await close()
        assert.deepEqual(await walk(world(), role, state), [])
      })
    test('the owner of the platform is refused nothing', async () => {
      const { page, close } = await openPage(world(), { path: '/console/account' })
      assert.deepEqual(await answersTo(page, guarded()), expectedOf('platform'))
      await close()
    })
  })
}
