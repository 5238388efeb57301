// From somebody on the phone to a service that is sold, with the first two invoices before it is.
import { test } from 'node:test'
import { openPage } from './world.mjs'

export function testSell(world) {
  test('a service is sold to somebody new', async () => {
    const { page, close } = await openPage(world(), { path: '/console/sell' })
    const next = () => page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Name of the contact').fill('Ann Example')
    await next()
    await next()
    await page.getByText('A new unit').click()
    await page.getByLabel('Name of the unit').fill('Home')
    await next()
    await page.getByRole('radio', { name: 'Internet 300' }).click()
    await next()
    await page.getByRole('textbox', { name: /Add-ons/ }).click()
    await page.getByRole('option', { name: /Static IP/ }).click()
    await next()
    await page.getByRole('textbox', { name: /CPEs/ }).click()
    await page.getByRole('option', { name: /Wi-Fi router/ }).click()
    await page.getByLabel('Serial number').fill('RTR-TEST-1')
    await next()
    await next()
    await page.getByText('Charged now').waitFor()
    await page.getByText('Next billing').first().waitFor()
    await page.locator('main').getByRole('button', { name: 'Sell' }).click()
    await page.waitForURL(/subscribers\/ann-example/)
    await page.getByRole('heading', { name: 'Ann Example' }).waitFor()
    await page.getByRole('region', { name: 'Home' }).getByText('Internet 300').waitFor()
    await page.getByRole('region', { name: 'Home' }).getByText('RTR-TEST-1').waitFor()
    await close()
  })

  test('a step that lacks something says so and goes nowhere', async () => {
    const { page, close } = await openPage(world(), { path: '/console/sell?subscriber=S000018' })
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { name: 'Service' }).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('This is needed').waitFor()
    await close()
  })
}
