// The real program with the operators of the demo, imported and billed, and a browser in which Ann has signed in.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { freePort, startServer } from '../tests/server.mjs'
import { StandIn } from '../tests/stripe/stand_in.mjs'
import { startPostgres } from './postgres.mjs'

const demo = fileURLToPath(new URL('../../demo', import.meta.url))
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

// Ann is an owner of the whole platform.
export const ann = { login: 'ann@example.net', name: 'Ann Owner', password: 'seven brown horses' }

// GIVES: a key of the platform's.
async function importDemo(program, db) {
  const sluice = async (args, input = '') => {
    const running = promisify(execFile)(program, [...args, '--db', db])
    running.child.stdin.end(input)
    return (await running).stdout
  }
  await sluice(['import', join(demo, 'greentower'), '--as-of', '2026-01-17'])
  await sluice(['bill', '--through', '2026-02-28', '--operator', 'greentower'])
  await sluice(['import', join(demo, 'metro-fiber'), '--as-of', '2026-04-01'])
  await sluice(['bill', '--through', '2026-05-31', '--operator', 'metro'])
  await sluice(['users', 'create', ann.login, '--name', ann.name, '--role', 'owner', '--password-stdin'], ann.password)
  return /slk_\w+/.exec(await sluice(['api-keys', 'create', 'browser', '--role', 'owner']))[0]
}

const newContext = (browser, state) =>
  browser.newContext({ viewport: sizes.wide, locale: 'en-US', reducedMotion: 'reduce', ...(state ? { storageState: state } : {}) })

// A world on a store of its own: `sqlite` or `postgresql`. Cards are charged by a stand-in for Stripe.
export async function startWorld(program, store = 'sqlite') {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-console-'))
  const postgres = store === 'postgresql' ? await startPostgres() : null
  const db = postgres ? postgres.address : `sqlite:${join(directory, 'store.db')}`
  const stripe = await new StandIn().start()
  const key = await importDemo(program, db)
  // SQLite keeps a key beside the store for what is sealed in it; a database is given one.
  const sealing = postgres ? { SLUICE_SECRET_KEY: randomBytes(32).toString('hex') } : {}
  const port = await freePort()
  const addresses = { SLUICE_STRIPE_API: stripe.url, SLUICE_PUBLIC_URL: `http://127.0.0.1:${port}` }
  const server = await startServer(program, { ...addresses, ...sealing }, { directory, key, db }, port)
  // A sandbox needs what a container may not give; only pages of our own are looked at. Without a desktop's surroundings a
  // page opens in a third of the time.
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] })
  const world = { browser, url: server.url, key, stripe }
  world.stop = async () => {
    await browser.close()
    await server.stop()
    stripe.stop()
    await postgres?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  world.signed_in = await stateOf(world, ann)
  world.context = await newContext(browser, world.signed_in)
  return world
}

// GIVES: the cookie of somebody who has signed in through the page.
export async function stateOf(world, who) {
  const { page, context, close } = await openPage(world, { as: null })
  await signIn(page, who)
  await page.getByRole('navigation').waitFor()
  const state = await context.storageState()
  await close()
  return state
}

export async function signIn(page, { login, password }) {
  await page.getByLabel('E-mail address').fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

// What the API says to whom the key belongs: for what a test needs beside what it is about.
export async function ask(world, method, path, body) {
  const response = await fetch(`${world.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${world.key}`, 'Sluice-Operator': 'metro', ...(body ? { 'Content-Type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.status === 204 ? null : response.json()
}

// Somebody with a role at Metro Fiber, and a password.
export async function newUser(world, name, role) {
  const who = { name, login: `${name.toLowerCase()}@example.net`, password: `a password of ${name}` }
  const made = await ask(world, 'POST', '/users', { login: who.login, name, grants: [{ operator: 'metro', role }] })
  await ask(world, 'POST', '/password-resets', { token: made.reset_path.split('#')[1], password: who.password })
  return { ...who, id: made.id }
}

// A page that remembers what went wrong on it: in the context in which Ann is signed in, or in one of its own `as` somebody
// else, by their state; `as: null` is nobody.
// GIVES: the page, its complaints, a way to wait until it is complete, and one to close it.
export async function openPage(world, { path = '/console/', operator = 'metro', size = 'wide', scheme = 'light', language = 'en', as } = {}) {
  const context = as === undefined ? world.context : await newContext(world.browser, as)
  const page = await context.newPage()
  if (size !== 'wide') await page.setViewportSize(sizes[size])
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await page.addInitScript(
    ([operator, language]) => {
      localStorage.setItem('sluice.operator', operator)
      localStorage.setItem('sluice.language', language)
    },
    [operator, language],
  )
  page.setDefaultTimeout(30_000)
  const complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const settled = settling(page)
  await page.goto(world.url + path, { waitUntil: 'domcontentloaded' })
  await settled()
  const close = () => (context === world.context ? page.close() : context.close())
  return { page, context, complaints, settled, close }
}

const quiet_ms = 120

// GIVES: a function that waits until a page has a heading, and for a moment has asked for nothing and shown nothing that
// says "wait".
function settling(page) {
  let asked = 0
  page.on('request', () => ++asked)
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, () => --asked)
  const isComplete = () =>
    page.evaluate(async () => {
      // What has arrived is shown when there is nothing else to do.
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }))
      return document.querySelector('h1, h2') && !document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root')
    })
  return async () => {
    const until = performance.now() + 30_000
    for (let since = performance.now(); performance.now() - since < quiet_ms; ) {
      if (performance.now() > until) throw new Error(`${page.url()} does not come to an end`)
      if (asked > 0 || !(await isComplete())) since = performance.now()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
