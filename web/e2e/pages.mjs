// Every page: accessible, quiet, and no wider than its window - wide and narrow, light and dark.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { openPage } from './world.mjs'

const paths = [
  '/sign-in', '/reset#token', '/dashboard', '/subscribers', '/subscribers/S000018', '/subscribers/S000018/documents', '/subscribers/S000018/payments',
  '/subscribers/S000018/pending', '/subscribers/S000018/timeline', '/subscribers/S000018/details', '/subscribers/nobody', '/sell',
  '/sell?subscriber=S000018&unit=u001', '/account', '/nowhere',
]
const looks = [
  { size: 'wide', scheme: 'light' },
  { size: 'wide', scheme: 'dark' },
  { size: 'narrow', scheme: 'light' },
  { size: 'narrow', scheme: 'dark' },
]
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// The browser itself reports answers that are no success, which some pages are about.
const isExpected = (complaint) => /Failed to load resource: .* (401|404) /.test(complaint)

export function testPages(world) {
  for (const path of paths)
    test(`${path} is accessible, quiet and fits`, async () => {
      for (const look of looks) {
        const { page, complaints, close } = await openPage(world(), { path: `/console${path}`, ...look, signed_in: path !== '/sign-in' })
        await keepPicture(page, path, look)
        const { violations } = await new AxeBuilder({ page }).withTags(levels).analyze()
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).slice(0, 3)}`)
        assert.deepEqual(found, [], `${path} ${look.size} ${look.scheme}`)
        assert.deepEqual(complaints.filter((one) => !isExpected(one)), [], `${path} ${look.size} ${look.scheme}`)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(overflow <= 0, `${path} is ${overflow} px wider than a ${look.size} window`)
        await close()
      }
    })
}

// With SCREENSHOTS=directory they are kept, to be looked at.
async function keepPicture(page, path, { size, scheme }) {
  const directory = process.env.SCREENSHOTS
  if (!directory) return
  mkdirSync(directory, { recursive: true })
  await page.screenshot({ path: join(directory, `${path.slice(1).replaceAll(/\W+/g, '-')}-${size}-${scheme}.png`) })
}
