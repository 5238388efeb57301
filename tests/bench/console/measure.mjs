// node tests/bench/console/measure.mjs URL LOGIN [--operator CODE] [--runs N] [--lighthouse DIR]
// How soon the console is there and how fast it searches, in a real browser against a server that runs. The password is
// in SLUICE_PASSWORD. Needs Debian's chromium and the packages of scripts/setup --tests; with --lighthouse a directory
// into which `npm install lighthouse` has put that, which is no part of Sluice. Medians are shown.
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'

const require = createRequire(new URL('../../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { operator: { type: 'string' }, runs: { type: 'string', default: '15' }, lighthouse: { type: 'string' } },
})
const [url, login] = positionals
if (!url || !login || !process.env.SLUICE_PASSWORD) {
  console.error('usage: SLUICE_PASSWORD=… node tests/bench/console/measure.mjs URL LOGIN [--operator CODE] [--runs N] [--lighthouse DIR]')
  process.exit(2)
}
const runs = Number(values.runs)
const debugging_port = 9333
const lighthouse_runs = 3

const sorted = (times) => [...times].sort((a, b) => a - b)
const median = (times) => sorted(times)[Math.floor(times.length / 2)]
const tell = (what, times) =>
  console.log(`${what.padEnd(44)} ${median(times).toFixed(0).padStart(6)} ms   (${sorted(times)[0].toFixed(0)} to ${sorted(times).at(-1).toFixed(0)}, ${times.length} runs)`)

async function signIn(browser) {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(`${url}/console/`)
  await page.getByLabel('E-mail address').fill(login)
  await page.locator('input[type=password]').fill(process.env.SLUICE_PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation').waitFor()
  if (values.operator) await page.evaluate((code) => localStorage.setItem('sluice.operator', code), values.operator)
  const state = await context.storageState()
  await context.close()
  return state
}

// Until the page can be worked with: nothing is cached, and what it shows has come.
async function firstPage(browser, state, path, there) {
  const context = await browser.newContext({ storageState: state, locale: 'en-US' })
  const page = await context.newPage()
  const began = performance.now()
  await page.goto(url + path)
  await there(page)
  const took = performance.now() - began
  await context.close()
  return took
}

// From the last key until other rows stand there, which all bear the word. Nothing when those that stand there bear it.
function search(page, word) {
  return page.evaluate(async (word) => {
    const field = document.querySelector('input[type=search]')
    const isThere = () => {
      const rows = [...document.querySelectorAll('tbody tr')].map((row) => row.textContent.toLowerCase())
      return rows.length > 0 && rows.every((row) => row.includes(word))
    }
    if (isThere()) return null
    const shown = new Promise((resolve) => {
      const watch = () => (isThere() ? resolve(performance.now()) : requestAnimationFrame(watch))
      watch()
    })
    const began = performance.now()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, word)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return (await shown) - began
  }, word)
}

async function lighthouse(state, path, name) {
  const core = (file) => import(pathToFileURL(`${values.lighthouse}/node_modules/lighthouse/core/${file}`))
  const { default: run } = await core('index.js')
  const { default: desktop } = await core('config/desktop-config.js')
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const results = []
  for (let i = 0; i < lighthouse_runs; ++i) {
    const flags = { port: debugging_port, logLevel: 'error', onlyCategories: ['performance', 'accessibility'], extraHeaders: { Cookie: cookie } }
    results.push((await run(url + path, flags, desktop)).lhr)
  }
  const scores = (id) => results.map(({ categories }) => Math.round(categories[id].score * 100)).sort((a, b) => a - b)
  const middle = Math.floor(lighthouse_runs / 2)
  console.log(`Lighthouse (desktop), ${name}`.padEnd(44) + ` performance ${scores('performance')[middle]}, accessibility ${scores('accessibility')[middle]}   (${lighthouse_runs} runs)`)
  const lhr = results.at(-1)
  for (const { auditRefs } of Object.values(lhr.categories))
    for (const { id, weight } of auditRefs) {
      const { score, title, displayValue } = lhr.audits[id]
      if (weight > 0 && score !== null && score < 0.9) console.log(`  ${id}: ${title} ${displayValue ?? ''}`)
    }
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', `--remote-debugging-port=${debugging_port}`] })
try {
  const state = await signIn(browser)
  const repeat = async (times, one) => {
    const took = []
    for (let i = 0; i < times; ++i) took.push(await one(i))
    return took.filter((time) => time !== null)
  }
  const list = (page) => page.getByRole('table').getByRole('link').first().waitFor()
  tell('first page, subscribers, nothing cached', await repeat(runs, () => firstPage(browser, state, '/console/subscribers', list)))
  tell('first page, dashboard, nothing cached', await repeat(runs, () => firstPage(browser, state, '/console/dashboard', (page) => page.getByRole('heading', { name: 'Dashboard' }).waitFor())))

  const context = await browser.newContext({ storageState: state, locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(`${url}/console/subscribers`)
  await list(page)
  // Codes and words of names that stand in the list, spread over it: each is asked for once, so that nothing is cached.
  const found = await page.evaluate(async (operator) => {
    const response = await fetch('/api/v1/subscribers?limit=200&sort=-code', operator ? { headers: { 'Sluice-Operator': operator } } : {})
    return (await response.json()).items.map(({ code, contact, organization }) => ({ code: code.toLowerCase(), name: (organization || contact).toLowerCase() }))
  }, values.operator)
  const words = found.filter((_, at) => at % Math.ceil(found.length / runs) === 0)
  tell('subscribers, typing a code to its row', await repeat(words.length, (at) => search(page, words[at].code)))
  tell('subscribers, typing a name to its rows', await repeat(words.length, (at) => search(page, words[at].name)))
  tell('subscribers, typing a first name to its rows', await repeat(words.length, (at) => search(page, words[at].name.split(' ')[0])))
  await context.close()
  if (values.lighthouse)
    for (const [path, name] of [['/console/dashboard', 'dashboard'], ['/console/subscribers', 'subscribers']]) await lighthouse(state, path, name)
} finally {
  await browser.close()
}
