// GreenTower, from nothing to a statement. See README.md.
import { ask, bill, collect, connect, pages, type Client } from './client.js'
import { sum, text } from './money.js'

const usd = (amount: string) => ({ amount, currency: 'USD' })
const greentower = { path: { subscriber: 'greentower' } }
const movedIn = '2026-01-17'

function expect(what: string, is: unknown, mustBe: unknown): void {
  if (is !== mustBe) throw new Error(`${what} is ${String(is)}, but must be ${String(mustBe)}`)
}

async function setUp(platform: Client, client: Client): Promise<void> {
  await ask(
    platform.POST('/api/v1/operators', {
      body: {
        code: 'greentower',
        name: 'GreenTower Networks',
        currency: 'USD',
        time_zone: 'America/Chicago',
        billing: { model: 'cycle', invoicing: 'merged_per_unit' },
      },
    }),
  )
  const services = [
    { code: 'net-100', name: 'Internet 100 Mbps', kind: 'internet', price: usd('40.00') },
    { code: 'iptv', name: 'IPTV Basic', kind: 'iptv', price: usd('15.00') },
    { code: 'voip', name: 'Office VoIP', kind: 'voip', price: usd('25.00') },
  ]
  for (const service of services)
    await ask(client.POST('/api/v1/services', { body: { ...service, period: '1 month' } }))
  await ask(
    client.POST('/api/v1/add-ons', {
      body: { code: 'public-ip', name: 'Public IP', mode: 'recurring', price: usd('5.00') },
    }),
  )
}

// One organization, three units: two flats that are billed from the day of their activation on, and an office that is
// billed on the first of the month.
async function sell(client: Client): Promise<void> {
  await ask(
    client.POST('/api/v1/subscribers', {
      body: { code: 'greentower', organization: 'GreenTower Apartments', category: 'mdu' },
    }),
  )
  const units = [
    { code: 'apt-101', name: 'Apt 101' },
    { code: 'apt-102', name: 'Apt 102' },
    { code: 'office', name: 'Office', billing: { model: 'pro_rata', cycle_day: 1 } as const },
  ]
  for (const unit of units)
    await ask(client.POST('/api/v1/subscribers/{subscriber}/units', { params: greentower, body: unit }))

  const office = { code: 'office-voip', service: 'voip', unit: 'office', add_ons: [{ code: 'public-ip' }] }
  await showPrice(client, office)
  const sold = [
    { code: '101-net', service: 'net-100', unit: 'apt-101' },
    { code: '102-net', service: 'net-100', unit: 'apt-102' },
    { code: '102-tv', service: 'iptv', unit: 'apt-102' },
    office,
  ]
  for (const subService of sold)
    await ask(
      client.POST('/api/v1/subscribers/{subscriber}/sub-services', {
        params: { ...greentower, header: { 'Idempotency-Key': `order-${subService.code}` } },
        body: { ...subService, date: movedIn, activate: true },
      }),
    )
}

// What would it cost? Nothing is stored.
async function showPrice(client: Client, subService: { code: string; service: string; unit: string }): Promise<void> {
  const preview = await ask(
    client.POST('/api/v1/subscribers/{subscriber}/sub-services', {
      params: { ...greentower, query: { preview: true } },
      body: { ...subService, date: movedIn, activate: true },
    }),
  )
  if (preview.object !== 'preview') throw new Error('Asked for a preview, got the sub-service itself')
  console.log(`\n${subService.code} would cost`)
  for (const { billing_date, total } of preview.charges) console.log(`  ${billing_date}  ${text(total)}`)
  expect('The first charge in the preview', preview.charges[0]?.total.amount, '14.52')
}

async function invoices(client: Client): Promise<string[]> {
  const documents = await collect(
    pages((cursor) =>
      ask(
        client.GET('/api/v1/documents', {
          params: { query: { subscriber: 'greentower', sort: 'number', limit: 4, ...cursor } },
        }),
      ),
    ),
  )
  console.log('\nInvoices')
  for (const { number, date, due, unit, total, state } of documents)
    console.log(`  ${number}  ${date}  due ${due}  ${(unit ?? '').padEnd(8)} ${text(total).padStart(10)}  ${state}`)
  const totals = documents.map(({ total }) => total)
  console.log(`  ${documents.length} documents, ${sum(totals)} USD`)
  expect('The number of invoices', documents.length, 6)
  expect('Their total', sum(totals), '234.52')
  return documents.map(({ number }) => number)
}

async function explain(client: Client, document: string): Promise<void> {
  const explanation = await ask(
    client.GET('/api/v1/documents/{document}/lines/{position}/explanation', {
      params: { path: { document, position: 1 } },
    }),
  )
  console.log(`\nWhy the first line of ${document}?`)
  for (const { label, value, remark } of explanation.steps)
    console.log(`  ${label.padEnd(15)} ${value.padEnd(26)} ${remark}`)
  expect('What is stored', explanation.agrees, true)
}

// The same payment twice, as when an answer got lost: it is recorded once.
async function pay(client: Client, document: string): Promise<void> {
  const record = () =>
    client.POST('/api/v1/payments', {
      params: { header: { 'Idempotency-Key': 'bank-2026-02-03-17' } },
      body: { subscriber: 'greentower', amount: usd('40.00'), method: 'bank', reference: 'TRX-17' },
    })
  const payment = await ask(record())
  console.log('\nPayment')
  for (const { number, amount } of payment.paid) console.log(`  ${text(amount)} for ${number}`)
  expect('The document that was paid', payment.paid[0]?.number, document)

  const again = await record()
  expect('The payment sent again', again.data?.id, payment.id)
  expect('Idempotency-Replayed', again.response.headers.get('Idempotency-Replayed'), 'true')
}

async function statement(client: Client): Promise<void> {
  const { items, balance } = await ask(
    client.GET('/api/v1/subscribers/{subscriber}/statement', { params: { ...greentower, query: { limit: 500 } } }),
  )
  console.log('\nStatement')
  for (const entry of items)
    console.log(
      `  ${entry.date}  ${entry.reference.padEnd(16)} ${entry.effect.amount.padStart(8)} ${entry.balance.amount.padStart(9)}`,
    )
  expect('The number of entries', items.length, 7)
  expect('The balance', balance.amount, '-194.52')
}

async function main(): Promise<void> {
  const { SLUICE_URL: url = 'http://127.0.0.1:8080', SLUICE_KEY: key } = process.env
  if (key === undefined) throw new Error('SLUICE_KEY must hold a platform key')
  const platform = connect(url, key)
  const client = connect(url, key, 'greentower')

  await setUp(platform, client)
  await sell(client)
  const run = await bill(client, '2026-02-28')
  console.log(`\nBilled through ${run.through}: ${run.totals.invoices} invoices, ${text(run.totals.total)}`)
  expect('The total of the bill run', run.totals.total.amount, '234.52')

  const numbers = await invoices(client)
  await explain(client, numbers[2] ?? '')
  await pay(client, numbers[0] ?? '')
  await statement(client)
  console.log('\nAll as it must be.')
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message)
  process.exitCode = 1
})
