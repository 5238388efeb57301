// A payer follows the link of a checkout, pays on the gateway's page, and the console shows it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Stripe from 'stripe'
import { ask, openPage } from './world.mjs'

const secret = 'whsec_of_the_browser_tests'
const settings = { secret_key: 'sk_test_good_of_the_browser', webhook_secrets: secret }

// What the stand-in tells arrives as Stripe would send it: signed by Stripe's own SDK.
function tellSigned(world) {
  const sdk = new Stripe(settings.secret_key)
  world.stripe.tell = async (event) => {
    const payload = JSON.stringify(event)
    const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': sdk.webhooks.generateTestHeaderString({ payload, secret }) }
    const told = await fetch(`${world.url}/webhooks/metro/online`, { method: 'POST', headers, body: payload })
    assert.equal(told.status, 200, await told.text())
  }
}

export function testGateway(world) {
  test('what is paid on the page of the gateway pays the document', async () => {
    tellSigned(world())
    await ask(world(), 'POST', '/payment-methods', { code: 'online', name: 'Cards', gateway: 'stripe', test_mode: true, enabled: true, settings })
    const [invoice] = (await ask(world(), 'GET', '/documents?subscriber=S000040&state=issued&type=invoice&sort=due&limit=1')).items
    const return_url = `${world().url}/console/documents/${invoice.number}`
    await ask(world(), 'POST', '/subscribers/S000040/checkouts', { payment_method: 'online', document: invoice.number, return_url })

    const { page, context, complaints, settled, close } = await openPage(world(), { path: '/console/payments/checkouts?subscriber=S000040' })
    const row = page.getByRole('row', { name: /S000040/ })
    await row.getByText('pending').waitFor()
    const opened = context.waitForEvent('page')
    await row.getByRole('link', { name: 'Page to pay on' }).click()
    const payer = await opened
    await payer.getByRole('heading', { name: `Pay ${invoice.total.amount} EUR` }).waitFor()
    await payer.getByRole('button', { name: 'Pay' }).click()
    await payer.waitForURL(return_url)
    await payer.getByText('Paid', { exact: true }).first().waitFor()
    await payer.close()

    await page.reload()
    await settled()
    await row.getByText('succeeded').waitFor()
    await row.getByRole('link', { name: 'Payments' }).click()
    await page.getByRole('heading', { name: 'Payment of S000040' }).waitFor()
    await page.getByRole('link', { name: invoice.number }).waitFor()
    await page.getByText(/^pi_/).first().waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })
}
