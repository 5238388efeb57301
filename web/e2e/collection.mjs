// Who does not pay is suspended by a collection, and is back when the money is there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, openPage } from './world.mjs'

const debtor = 'S000033'
// More than a week after the invoice of April was due, and less than the two months that end it all.
const day = '2026-05-25'

export function testCollection(world) {
  test('a debtor is suspended by a collection, and resumed by a payment', async () => {
    await ask(world(), 'PATCH', `/subscribers/${debtor}`, { payment: { ladder: 'standard' } })
    const { page, complaints, settled, close } = await openPage(world(), { path: '/console/collection' })
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: 'Run the collection' }).click()
    await dialog.getByLabel('Day').fill(day)
    await dialog.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('finished').waitFor()

    await page.goto(`${world().url}/console/subscribers/${debtor}`)
    await settled()
    await page.getByText(/suspended.*debt/i).first().waitFor()
    await page.getByRole('button', { name: 'Record payment' }).click()
    await dialog.getByRole('button', { name: 'Record payment' }).click()
    await page.getByText('settled').waitFor()
    await page.getByText(/suspended/i).first().waitFor({ state: 'hidden' })
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await settled()
    const told = await page.locator('main').textContent()
    assert.match(told, /[Ss]uspended/)
    assert.match(told, /[Rr]esumed/)
    assert.deepEqual(complaints, [])
    await close()
  })
}
