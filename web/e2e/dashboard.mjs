// Where the day begins: what the months brought, who owes, and a way to each list behind a number.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, openPage } from './world.mjs'

export function testDashboard(world) {
  test('the numbers of the months and of the debts lead to their lists', async () => {
    const { page, complaints, settled, close } = await openPage(world(), { path: '/console/dashboard' })
    const months = page.getByRole('table', { name: 'Revenue and cash by month' })
    await months.getByRole('row').nth(12).waitFor()
    assert.equal(await months.getByRole('row').count(), 13)
    const follow = async (link, address) => {
      await link.click()
      await page.waitForURL(address)
      await page.goBack()
      await settled()
    }
    const latest = months.getByRole('row').nth(1).getByRole('link')
    await follow(latest.nth(0), /\/documents\?from=\d{4}-\d\d-01&to=\d{4}-\d\d-\d\d$/)
    await follow(latest.nth(1), /\/dashboard\?cash=\d{4}-\d\d$/)
    await follow(latest.nth(2), /\/payments\?from_outside=true&from=\d{4}-\d\d-01&to=\d{4}-\d\d-\d\d$/)
    await follow(latest.nth(3), /\/payments\?back_from=\d{4}-\d\d-01&back_to=\d{4}-\d\d-\d\d$/)
    await follow(latest.last(), /\/sub-services\?cancelled_from=\d{4}-\d\d-01&cancelled_to=\d{4}-\d\d-\d\d$/)
    const debts = page.getByRole('table', { name: 'Receivables by age' })
    await follow(debts.getByRole('row', { name: /^1–30 days/ }).getByRole('link').last(), /\/documents\?open=true&due_from=\d{4}-\d\d-\d\d&due_to=\d{4}-\d\d-\d\d&sort=due$/)
    await debts.getByRole('row', { name: /^Together €/ }).waitFor()
    assert.deepEqual(complaints, [])
    await close()
  })

  test('a number of the receivables by age is the number of documents in the list behind it', async () => {
    const { page, settled, close } = await openPage(world(), { path: '/console/dashboard' })
    const debts = page.getByRole('table', { name: 'Receivables by age' })
    await debts.getByRole('row', { name: /^Together €/ }).waitFor()
    let together = 0
    for (const row of await debts.locator('tbody').getByRole('row').all()) {
      const link = row.getByRole('link').first()
      const count = Number((await link.textContent()).replaceAll(',', ''))
      const query = (await link.getAttribute('href')).split('?')[1]
      let listed = 0
      for (let cursor = ''; cursor !== null; ) {
        const answer = await ask(world(), 'GET', `/documents?${query}&limit=500${cursor && `&cursor=${cursor}`}`)
        listed += answer.items.length
        cursor = answer.next
      }
      assert.equal(listed, count, query)
      together += count
    }
    assert.ok(together > 100, `${together} documents are open`)
    await debts.getByRole('row', { name: /^91/ }).getByRole('link').first().click()
    await settled()
    await page.getByRole('table').getByRole('link', { name: /INV-/ }).first().waitFor()
    await close()
  })

  test('what began, ended, came in and went out in a month is as many as the lists behind it tell', async () => {
    const { items } = await ask(world(), 'GET', '/reports/months?months=12')
    const counted = async (path) => {
      let count = 0
      for (let cursor = ''; cursor !== null; ) {
        const answer = await ask(world(), 'GET', `${path}&limit=500${cursor && `&cursor=${cursor}`}`)
        count += answer.items.length
        cursor = answer.next
      }
      return count
    }
    let started = 0
    for (const { month, came_in, went_out, ...row } of items) {
      const [year, number] = month.split('-').map(Number)
      const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
      const days = (name) => `${name}from=${month}-01&${name}to=${last}`
      assert.equal(await counted(`/sub-services?${days('started_')}`), row.started, month)
      assert.equal(await counted(`/sub-services?${days('cancelled_')}`), row.cancelled, month)
      assert.equal(await counted(`/payments?from_outside=true&${days('')}`), came_in.count, month)
      // A payment may have gone back more than once.
      const back = await counted(`/payments?${days('back_')}`)
      assert.ok(back <= went_out.count && (back > 0) === (went_out.count > 0), month)
      started += row.started
    }
    assert.ok(started > 100, `${started} began`)
  })

  test('the net cash of a month leads to what it is made of, and from there to both lists', async () => {
    const taken = await ask(world(), 'POST', '/payments', { subscriber: 'S000021', amount: { amount: '40.00', currency: 'EUR' }, method: 'bank', reference: 'dashboard' })
    await ask(world(), 'POST', `/payments/${taken.id}/charge-backs`, { amount: { amount: '15.50', currency: 'EUR' } })
    const month = taken.date.slice(0, 7)
    const { came_in, went_out } = (await ask(world(), 'GET', '/reports/months?months=12')).items.find((row) => row.month === month)
    const { page, complaints, settled, close } = await openPage(world(), { path: '/console/dashboard' })
    const row = page.getByRole('table', { name: 'Revenue and cash by month' }).getByRole('row').nth(1)
    const net = await row.getByRole('link').nth(1).textContent()
    await row.getByRole('link').nth(1).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('row', { name: `Cash ${net}` }).waitFor()
    const parts = await dialog.locator('tbody').getByRole('row').all()
    assert.equal(parts.length, 2)
    const cents = (text) => Math.round(Number(text.replaceAll(/[^0-9.-]/g, '')) * 100)
    const amounts = await Promise.all(parts.map(async (part) => cents(await part.getByRole('cell').last().textContent())))
    assert.deepEqual(amounts, [cents(came_in.amount.amount), cents(went_out.amount.amount)])
    assert.equal(amounts[0] - amounts[1], cents(net), 'together they are the number')

    const payments = dialog.getByRole('link', { name: new RegExp(`^${came_in.count} payments?$`) })
    await payments.click()
    await page.waitForURL(/\/payments\?from_outside=true&from=/)
    await page.getByRole('cell', { name: 'dashboard', exact: true }).waitFor()
    await page.goBack()
    await dialog.getByRole('link', { name: new RegExp(`^${went_out.count} refund`) }).click()
    await page.waitForURL(/\/payments\?back_from=/)
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('cell', { name: '€15.50' }).waitFor()
    await page.goBack()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await settled()
    assert.match(page.url(), /\/dashboard$/)
    assert.deepEqual(complaints, [])
    await close()
  })

  test('the dashboard is there in Spanish', async () => {
    const { page, close } = await openPage(world(), { path: '/console/dashboard', language: 'es' })
    await page.getByRole('table', { name: 'Ingresos y caja por mes' }).waitFor()
    await page.getByRole('table', { name: 'Deudas por antigüedad' }).waitFor()
    await close()
  })
}
