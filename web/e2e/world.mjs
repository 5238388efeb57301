// The real program with the operators of the demo, imported and billed, and a browser to look at it with.
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { startServer } from '../tests/server.mjs'
import { signedIn } from './signed_in.mjs'

const demo = fileURLToPath(new URL('../../demo', import.meta.url))

function importDemo(program, db) {
  const sluice = (...args) => execFileSync(program, [...args, '--db', db], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  sluice('import', join(demo, 'greentower'), '--as-of', '2026-01-17')
  sluice('bill', '--through', '2026-02-28', '--operator', 'greentower')
  sluice('import', join(demo, 'metro-fiber'), '--as-of', '2026-04-01')
  sluice('bill', '--through', '2026-05-31', '--operator', 'metro')
  return /slk_\w+/.exec(sluice('api-keys', 'create', 'browser', '--role', 'owner'))[0]
}

export async function startWorld(program) {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-console-'))
  const key = importDemo(program, `sqlite:${join(directory, 'store.db')}`)
  const server = await startServer(program, {}, { directory, key })
  const desk = await signedIn(server.url, key)
  // A sandbox needs what a container may not give; only pages of our own are looked at.
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const stop = async () => {
    await browser.close()
    desk.stop()
    await server.stop()
  }
  return { browser, url: desk.url, server: server.url, key, be: desk.be, stop }
}

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

// A page that remembers what went wrong on it.
// GIVES: the page, its complaints, and a way to close it.
export async function openPage(world, { path = '/console/', operator = 'metro', size = 'wide', scheme = 'light', language = 'en', signed_in = true } = {}) {
  world.be(signed_in)
  const context = await world.browser.newContext({
    viewport: sizes[size], colorScheme: scheme, locale: 'en-US', reducedMotion: 'reduce',
  })
  await context.addInitScript(
    ([operator, language]) => {
      localStorage.setItem('sluice.operator', operator)
      localStorage.setItem('sluice.language', language)
    },
    [operator, language],
  )
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(world.url + path, { waitUntil: 'networkidle' })
  return { page, complaints, close: () => context.close() }
}
