// The back office: bills are run, money comes in, the catalogue and the settings change.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, openPage } from './world.mjs'

// Every page that this file is about, to be looked at as they all are.
export const office_paths = [
  '/bill-runs', '/bill-runs/parked', '/bill-runs/:run', '/bill-runs/:run/differences', '/documents', '/documents/INV-2026-000001', '/payments', '/payments/payouts', '/payments/cheques',
  '/payments/checkouts', '/payments/automatic', '/payments/pro-formas', '/payments/advance', '/payments/:payment', '/cash-desk', '/cash-desk/:shift', '/cash-receipts/nothing',
  '/bank-statements', '/bank-statements/files', '/bank-statements/import', '/collection', '/collection/debtors', '/collection/runs', '/catalogue', '/catalogue/add-ons', '/catalogue/cpes',
  '/catalogue/taxes', '/catalogue/discounts', '/catalogue/promo-codes', '/payment-methods', '/policies', '/settings', '/settings/schedule', '/settings/webhooks',
  '/settings/deliveries', '/settings/mail', '/settings/messages', '/settings/verification', '/api-keys', '/import', '/users', '/users/sign-on', '/audit-log', '/buildings', '/buildings/S000018', '/sub-services',
]

const dialogOf = (page) => page.getByRole('dialog')
const press = (where, name) => where.getByRole('button', { name, exact: true }).click()

// The browser itself reports answers that are no success; some of them are what a test is about.
const isExpected = (complaint) => /Failed to load resource: .* (404|409|412|422) /.test(complaint)

async function visit(world, path, act) {
  const { page, complaints, close } = await openPage(world, { path: `/console${path}` })
  await act(page)
  assert.deepEqual(complaints.filter((one) => !isExpected(one)), [])
  await close()
}

export function testBilling(world) {
  test('a dry run becomes a bill run once somebody has looked at it', async () => {
    await visit(world(), '/bill-runs', async (page) => {
      await press(page, 'Start a dry run')
      await dialogOf(page).getByLabel('Through').fill('2026-06-15')
      await press(dialogOf(page), 'Work it out')
      await page.getByRole('heading', { name: /Dry run through/ }).waitFor()
      await page.getByText('finished').waitFor()
      await page.getByRole('tab', { name: 'Compared with before' }).click()
      const causes = page.getByRole('table', { name: 'Why it is different' })
      await causes.getByText('Together').waitFor()
      await causes.getByRole('link', { name: 'instalments' }).click()
      await page.waitForURL(/cause=installment/)
      const found = page.getByRole('table', { name: 'Differences' })
      await found.getByRole('cell', { name: 'instalments' }).first().waitFor()
      await found.getByRole('cell', { name: 'due on other dates' }).first().waitFor({ state: 'detached' })
      await found.getByRole('link', { name: /^INV-/ }).first().waitFor()
      await press(page, 'Approve and bill')
      await press(dialogOf(page), 'Bill')
      await dialogOf(page).getByText('Please confirm that you have looked at the totals.').waitFor()
      await dialogOf(page).getByLabel('I have looked at the totals').check()
      await press(dialogOf(page), 'Bill')
      await page.getByRole('heading', { name: /Bill run through/ }).waitFor()
      await page.getByText('finished').waitFor()
      await page.getByRole('tab', { name: 'Result' }).click()
      await page.getByRole('link', { name: 'Show them' }).click()
      await page.waitForURL(/documents\?bill_run=run_/)
      await page.getByRole('link', { name: /^INV-/ }).first().waitFor()
      assert.equal(await page.getByRole('cell', { name: /^May / }).count(), 0)
    })
  })

  test('of an old run the totals by cause are kept, and not the single differences', async () => {
    await visit(world(), '/bill-runs', async (page) => {
      const { items } = await ask(world(), 'GET', '/bill-runs?limit=20')
      const run = items.find(({ comparison }) => comparison)
      // As the server tells it when 400 days have gone by.
      const old = { ...run, comparison: { ...run.comparison, differences_kept_until: '2026-01-01T00:00:00.000Z' } }
      await page.route(`**/api/v1/bill-runs/${run.id}`, (route) => route.fulfill({ json: old }))
      await page.goto(`${world().url}/console/bill-runs/${run.id}/differences`)
      await page.getByRole('heading', { name: 'The single differences are no longer kept' }).waitFor()
      const causes = page.getByRole('table', { name: 'Why it is different' })
      await causes.getByText('Together').waitFor()
      assert.equal(await causes.getByRole('link').count(), 0, 'there is no list to lead to')
    })
  })

  test('an invoice is credited in part, and written off', async () => {
    await visit(world(), '/documents?state=issued&type=invoice', async (page) => {
      await page.getByRole('table').getByRole('link', { name: /INV-/ }).first().click()
      await press(page, 'Credit note')
      const invoice = page.url()
      await dialogOf(page).getByRole('textbox', { name: /Amount of/ }).first().fill('1.00')
      for (const box of (await dialogOf(page).getByRole('checkbox').all()).slice(1)) await box.uncheck()
      await dialogOf(page).getByLabel('Reason').fill('Never installed')
      await press(dialogOf(page), 'Issue')
      await page.getByText('Never installed').waitFor()
      await page.goto(invoice)
      await press(page, 'More')
      await page.getByRole('menuitem', { name: 'Write off' }).click()
      await press(dialogOf(page), 'Write off')
      await page.getByText('The debt is written off.').waitFor()
    })
  })
}

function testMoney(world) {
  test('a payment is recorded, refunded in part and charged back', async () => {
    await visit(world(), '/payments', async (page) => {
      await press(page, 'Record payment')
      await dialogOf(page).getByRole('textbox', { name: 'Subscriber' }).fill('S000009')
      await dialogOf(page).getByLabel('Amount').fill('5000')
      await dialogOf(page).getByLabel('Reference').fill('TRX-E2E')
      await press(dialogOf(page), 'Record')
      await page.getByText('The payment is recorded.').waitFor()
      await page.getByRole('row', { name: /TRX-E2E/ }).getByRole('link').first().click()
      await page.getByRole('heading', { name: 'Payment of S000009' }).waitFor()
      await press(page, 'Refund')
      await dialogOf(page).getByLabel('Amount').fill('10.00')
      await press(dialogOf(page), 'Refund')
      await page.getByRole('table', { name: 'What went back' }).getByText('refund').waitFor()
      await press(page, 'More')
      await page.getByRole('menuitem', { name: 'Charge-back' }).click()
      await dialogOf(page).getByLabel('Amount').fill('7,50')
      await press(dialogOf(page), 'Charge-back')
      await page.getByRole('table', { name: 'What went back' }).getByText('charge-back').waitFor()
    })
  })

  test('a bank statement is looked at, imported, and its lines are decided on', async () => {
    const csv = 'Date;Amount;Reference;Payer;Id\n2026-06-01;25,00;for S000011;Anna;B1\n2026-06-02;99,10;hello;Nobody Known;B2\n2026-06-03;1,00;interest;Bank;B3\n'
    await visit(world(), '/bank-statements/import', async (page) => {
      await page.locator('input[type=file]').setInputFiles({ name: 'june.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
      await page.getByRole('textbox', { name: 'Our account' }).fill('DE89370400440532013000')
      const columns = { 'Date column': 'Date', 'Amount column': 'Amount', 'Reference column': 'Reference', 'Payer column': 'Payer', 'Bank’s reference column': 'Id' }
      for (const [label, column] of Object.entries(columns)) {
        await page.getByRole('textbox', { name: label, exact: true }).fill(column)
        await page.keyboard.press('Escape')
      }
      await page.getByRole('textbox', { name: 'Decimal sign' }).click()
      await page.getByRole('option', { name: ',' }).click()
      await press(page, 'Look first')
      await page.getByRole('heading', { name: 'What would come in' }).waitFor()
      await page.getByRole('cell', { name: 'S000011', exact: true }).waitFor()
      await page.locator('main').getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByText('3 credits: 1 matched, 2 wait for you.').waitFor()
      await page.getByRole('link', { name: 'To the unmatched lines' }).click()
      await press(page.getByRole('row', { name: /Nobody Known/ }), 'Assign')
      await dialogOf(page).getByRole('textbox', { name: 'Subscriber' }).fill('S000012')
      await press(dialogOf(page), 'Assign')
      await page.getByText('The payment is recorded.').waitFor()
      await press(page.getByRole('row', { name: /interest/ }), 'Set aside')
      await dialogOf(page).getByLabel('Reason').fill('Interest')
      await press(dialogOf(page), 'Set aside')
      await page.getByText('The line is set aside.').waitFor()
    })
  })

  test('a collection is looked at and run', async () => {
    await visit(world(), '/collection/debtors', async (page) => {
      await page.getByRole('button', { name: 'Hold' }).first().waitFor()
      await press(page, 'Run the collection')
      await press(dialogOf(page), 'Run')
      await page.getByRole('heading', { name: /Collection of/ }).waitFor()
      await page.getByText('finished').waitFor()
      await page.getByRole('link', { name: 'To the steps' }).click()
      await page.getByRole('tab', { name: 'Runs' }).click()
      await page.getByRole('table').getByText('finished').first().waitFor()
    })
  })
}

export function testCashDesk(world) {
  test('a shift at the cash desk is opened, takes money with a receipt, and is closed', async () => {
    await visit(world(), '/cash-desk', async (page) => {
      await press(page, 'Open a shift')
      await dialogOf(page).getByLabel('Desk').fill('front')
      await dialogOf(page).getByLabel('Float').fill('100')
      await press(dialogOf(page), 'Open a shift')
      await press(page, 'Take cash')
      await dialogOf(page).getByRole('textbox', { name: 'Subscriber' }).fill('S000010')
      await dialogOf(page).getByLabel('Amount').fill('33.30')
      await press(dialogOf(page), 'Take cash')
      await page.getByRole('link', { name: 'Show and print' }).click()
      await page.getByRole('heading', { name: /Receipt RCPT-2\d{3}-000001/ }).waitFor()
      await page.getByText('€33.30').waitFor()
      await page.getByRole('link', { name: 'To the shift' }).click()
      await press(page, 'Put in or take out')
      await dialogOf(page).getByLabel('Amount').fill('3.30')
      await dialogOf(page).getByLabel('Reason').fill('Stamps')
      await press(dialogOf(page), 'Put in or take out')
      await page.getByText('Stamps').waitFor()
      await press(page, 'Close the shift')
      await dialogOf(page).getByLabel('Counted').fill('129.90')
      await dialogOf(page).getByText('-€0.10').waitFor()
      await dialogOf(page).getByLabel('Explanation').fill('A coin fell down')
      await press(dialogOf(page), 'Close the shift')
      await page.getByText('A coin fell down').waitFor()
    })
  })
}

export function testConflicts(world) {
  test('policies that somebody else changed meanwhile are not overwritten unasked', async () => {
    await visit(world(), '/policies', async (page) => {
      await press(page, 'Add a policy')
      const last = page.getByRole('region', { name: /Policy/ }).last()
      await last.getByLabel('Category').fill('e2e')
      await last.getByLabel('Due on day').fill('10')
      await press(page, 'What would change')
      await dialogOf(page).getByText(/^Nothing: for all/).waitFor()
      await press(dialogOf(page), 'Back')
      await last.getByLabel('Category').fill('')
      await press(page, 'What would change')
      await dialogOf(page).getByText(/^Something would hold otherwise for \d+ of \d+ subscribers/).waitFor()
      await dialogOf(page).getByRole('table').getByText('Due on day: 15 → 10').first().waitFor()
      await press(dialogOf(page), 'Back')
      await last.getByLabel('Category').fill('e2e')
      await fetch(`${world().url}/api/v1/policies`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${world().key}`, 'Sluice-Operator': 'metro', 'Content-Type': 'application/json' },
        body: JSON.stringify({ items: [] }),
      })
      await press(page, 'Save the policies')
      await page.getByText('Somebody else changed this meanwhile').waitFor()
      await press(page, 'Keep mine')
      await page.getByText('The policies hold from now on.').waitFor()
    })
  })
}

function testSetUp(world) {
  test('a service is made and gets another price', async () => {
    await visit(world(), '/catalogue', async (page) => {
      await press(page, 'New service')
      await dialogOf(page).getByLabel('Code').fill('net-e2e')
      await dialogOf(page).getByLabel('Price').fill('12,50')
      await press(dialogOf(page), 'Create')
      await press(page.getByRole('row', { name: /net-e2e/ }), 'Change the price')
      await dialogOf(page).getByLabel('Price').fill('13.99')
      await press(dialogOf(page), 'Change the price')
      await page.getByText('The new price is set.').waitFor()
      await page.getByRole('row', { name: /net-e2e/ }).getByText('€13.99').waitFor()
    })
  })

  test('who keeps the old price is told before there is a new one, and moved to it afterwards', async () => {
    await visit(world(), '/catalogue', async (page) => {
      const row = () => page.getByRole('row', { name: /\bnet-100\b/ })
      await press(row(), 'Change the price')
      const keep = dialogOf(page).getByRole('note')
      await keep.getByText('They keep the price that they have').waitFor()
      const held = await keep.getByRole('link', { name: /sub-services$/ }).textContent()
      await dialogOf(page).getByLabel('Price').fill('31.25')
      await press(dialogOf(page), 'Change the price')
      await page.getByText('The new price is set.').waitFor()
      await row().getByRole('button', { name: '2: Prices of net-100' }).click()
      const prices = dialogOf(page).getByRole('table')
      await prices.getByText('€31.25').waitFor()
      await prices.getByRole('link', { name: held, exact: true }).click()
      await page.waitForURL(/sub-services\?price=price_/)
      await page.getByRole('table').getByRole('checkbox').nth(1).check()
      await press(page, 'Move to the current price')
      await dialogOf(page).getByText('Holds for 1 sub-services of 1 subscriber.').waitFor()
      await press(dialogOf(page), 'Move to the current price')
      await page.getByText('1 command done').waitFor()
    })
  })

  test('a payment method has the fields of its gateway, and shows no secret again', async () => {
    await visit(world(), '/payment-methods', async (page) => {
      await press(page, 'New payment method')
      await dialogOf(page).getByRole('textbox', { name: 'Gateway' }).click()
      await page.getByRole('option', { name: 'Stripe' }).click()
      await dialogOf(page).getByLabel('Code').fill('card')
      await dialogOf(page).getByRole('textbox', { name: 'Name' }).fill('Card')
      await dialogOf(page).getByLabel('Secret key').fill('sk_test_of_the_tests')
      await dialogOf(page).getByLabel('Webhook secrets').fill('whsec_of_the_tests')
      await dialogOf(page).getByLabel('Test mode').check()
      await press(dialogOf(page), 'Create')
      await page.getByRole('heading', { name: 'Card' }).waitFor()
      assert.equal(await page.getByLabel('Secret key').inputValue(), '')
      assert.ok(!(await page.content()).includes('sk_test_of_the_tests'))
      await page.getByLabel('Largest amount').fill('900')
      await press(page, 'Save')
      await page.getByText('The payment method is saved.').waitFor()
    })
  })

  test('the settings, the schedule and a webhook endpoint are changed', async () => {
    await visit(world(), '/settings', async (page) => {
      await page.getByLabel('Days until invoices are due').fill('21')
      await press(page, 'Save')
      await page.getByText('The settings hold from now on.').waitFor()
      await page.getByRole('tab', { name: 'Schedule' }).click()
      const billing = page.getByRole('region', { name: 'Billing' })
      const daily = billing.getByRole('switch', { name: 'Every day' })
      await daily.click()
      await page.getByText('The schedule is changed.').waitFor()
      await billing.getByText('waits').waitFor()
      await daily.click()
      await billing.getByText('off', { exact: true }).waitFor()
      const compare = page.getByRole('switch', { name: 'Compare its runs', exact: true })
      assert.equal(await compare.isChecked(), false, 'unless somebody wants it; and of billing alone')
      await compare.click()
      await page.getByText('The schedule is changed.').last().waitFor()
      await page.waitForFunction(async () => (await (await fetch('/api/v1/schedule/billing', { headers: { 'Sluice-Operator': 'metro' } })).json()).compare === true)
      await page.reload()
      assert.equal(await compare.isChecked(), true, 'it is kept')
      await page.getByRole('tab', { name: 'Webhooks' }).click()
      await press(page, 'New endpoint')
      await dialogOf(page).getByLabel('Address').fill('https://example.net/hook')
      await press(dialogOf(page), 'Create')
      await page.getByText(/whsec_/).waitFor()
      await press(dialogOf(page), 'Close')
      await page.getByRole('row', { name: /example.net/ }).waitFor()
    })
  })

  test('the books are checked', async () => {
    await visit(world(), '/settings/verification', async (page) => {
      await press(page, 'Check the books')
      await page.getByText('The books are sound').waitFor({ timeout: 30_000 })
    })
  })

  test('an import tells row by row what is wrong', async () => {
    await visit(world(), '/import', async (page) => {
      const texts = [
        'code: other\nname: Other\ncurrency: EUR\ntime_zone: UTC\n',
        'code,contact,organization,country,region,pop,category,model,cycle_day,first_charge,invoicing\nA,Ann,,,,,,weekly,,,\n',
        'subscriber,code,name,model,cycle_day,first_charge,invoicing\n',
        'subscriber,unit,code,service,status,activated_on,charged_to,add_ons,cpes,model,cycle_day,first_charge,invoicing\n',
      ]
      for (const [i, input] of (await page.locator('input[type=file]').all()).entries())
        await input.setInputFiles({ name: i === 0 ? 'operator.yaml' : `${i}.csv`, mimeType: 'text/plain', buffer: Buffer.from(texts[i]) })
      await page.locator('main').getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByText('Nothing was imported').waitFor()
      await page.getByRole('table').waitFor()
    })
  })

  test('a building shows its units', async () => {
    await visit(world(), '/buildings', async (page) => {
      await page.getByRole('link', { name: 'Lakeview Condos 18' }).click()
      await page.getByRole('region', { name: 'Floor 1' }).getByText('Apt 101').waitFor()
    })
  })
}

export function testOffice(world) {
  testBilling(world)
  testMoney(world)
  testCashDesk(world)
  testSetUp(world)
  testConflicts(world)
}
