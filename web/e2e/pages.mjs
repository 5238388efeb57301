// Every page: accessible, quiet, and no wider than its window; the main ones also narrow and dark, some of them in Arabic.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { office_paths } from './office.mjs'
import { ask, openPage } from './world.mjs'

export const paths = [
  '/sign-in', '/reset#token', '/dashboard', '/subscribers', '/subscribers/S000018', '/subscribers/S000018/documents', '/subscribers/S000018/payments',
  '/subscribers/S000018/notes', '/subscribers/S000018/pending', '/subscribers/S000018/timeline', '/subscribers/S000018/details', '/subscribers/nobody', '/sell',
  '/sell?subscriber=S000018&unit=u001', '/account', '/nowhere',
]
const usual = { size: 'wide', scheme: 'light', language: 'en' }
const other = { size: 'narrow', scheme: 'dark', language: 'en' }
const mirrored = { size: 'narrow', scheme: 'light', language: 'ar' }
// All pages are made of the same parts: a few of them tell what the others would in another look.
const main_paths = ['/sign-in', '/dashboard', '/subscribers', '/subscribers/S000018', '/subscribers/S000018/documents', '/documents/INV-2026-000001', '/sell', '/settings']
// Other words in another direction: a table, a chart, a form, and long names beside codes and amounts.
const mirrored_paths = ['/dashboard', '/subscribers/S000018', '/documents/INV-2026-000001', '/settings']
const looksAt = (path) => [usual, ...(main_paths.includes(path) ? [other] : []), ...(mirrored_paths.includes(path) ? [mirrored] : [])]
const openAddOn = async (page) => {
  await page.getByRole('button', { name: /Actions for Internet 300/ }).first().click()
  await page.getByRole('menuitem', { name: 'Add an add-on' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Add-on' }).click()
  await page.getByRole('option', { name: /Antivirus seat/ }).click()
  await page.getByText('Charged now').waitFor()
}
const openLine = async (page) => {
  await page.getByRole('button', { name: /^INV-/ }).first().click()
  await page.getByRole('button', { name: /^Why this amount\? \w/ }).first().click()
  await page.getByText('everything agrees', { exact: false }).waitFor()
}
const openProvider = async (page) => {
  await page.getByRole('button', { name: 'Add a provider' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'In addresses' }).fill('work')
  await page.getByText('/api/v1/oidc/work/callback', { exact: false }).first().waitFor()
}
const dialogs = [
  { name: 'the palette', path: '/dashboard', open: (page) => page.keyboard.press('Control+k') },
  { name: 'the help about keys', path: '/dashboard', open: (page) => page.keyboard.press('?') },
  { name: 'recording a payment', path: '/subscribers/S000019', open: (page) => page.getByRole('button', { name: 'Record payment' }).click() },
  { name: 'an add-on with its preview', path: '/subscribers/S000018', open: openAddOn },
  { name: 'a provider and the address that it has to know', path: '/users/sign-on', open: openProvider },
  { name: 'why a line is what it is', path: '/subscribers/S000018/documents', open: openLine },
]
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// The browser itself reports answers that are no success, which some pages are about.
const isExpected = (complaint) => /Failed to load resource: .* (401|404) /.test(complaint)

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function checkAccess(page, where) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), levels)
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).slice(0, 3)}`)
  assert.deepEqual(found, [], where)
}

const lists = { ':run': '/bill-runs', ':payment': '/payments', ':shift': '/cash-shifts' }

// Paths name what is there by its list: GIVES the path of the first one.
export async function pathOf(world, path) {
  const [named] = /:\w+/.exec(path) ?? []
  return named ? path.replace(named, (await ask(world, 'GET', `${lists[named]}?limit=1`)).items[0].id) : path
}

// While one page is waited for, another one is looked at.
function testEachPage(world) {
  describe('every page', { concurrency: 2 }, () => {
    for (const path of [...paths, ...office_paths])
      test(`${path} is accessible, quiet and fits`, async () => {
        const there = await pathOf(world(), path)
        for (const look of looksAt(path)) {
          const where = `${path} ${look.size} ${look.scheme} ${look.language}`
          const { page, complaints, close } = await openPage(world(), { path: `/console${there}`, ...look, ...(path === '/sign-in' ? { as: null } : {}) })
          await keepPicture(page, path, look)
          await checkAccess(page, where)
          assert.deepEqual(complaints.filter((one) => !isExpected(one)), [], where)
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          assert.ok(overflow <= 0, `${path} is ${overflow} px wider than a ${look.size} window in ${look.language}`)
          await close()
        }
      })
  })
}

export function testPages(world) {
  testEachPage(world)
  for (const { name, path, open } of dialogs)
    test(`${name} is accessible and quiet`, async () => {
      const { page, complaints, settled, close } = await openPage(world(), { path: `/console${path}`, ...other })
      await open(page)
      await page.getByRole('dialog').last().waitFor()
      await settled()
      await keepPicture(page, `/dialog ${name}`, other)
      await checkAccess(page, name)
      assert.deepEqual(complaints, [])
      await close()
    })
}

// With SCREENSHOTS=directory they are kept, to be looked at.
async function keepPicture(page, path, { size, scheme, language }) {
  const directory = process.env.SCREENSHOTS
  if (!directory) return
  mkdirSync(directory, { recursive: true })
  const name = [path.slice(1).replaceAll(/\W+/g, '-'), size, scheme, ...(language === 'en' ? [] : [language])].join('-')
  await page.screenshot({ path: join(directory, `${name}.png`) })
}
