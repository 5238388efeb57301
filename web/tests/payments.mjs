// node payments.mjs SLUICE: payments through Stripe, with a stand-in for Stripe and Stripe's own SDK, which signs the
// webhooks and reads the stand-in: so neither what is sent nor what is believed is by our word alone.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Stripe from 'stripe'
import { Description } from './description.mjs'
import { startServer } from './server.mjs'
import { StandIn } from './stripe/stand_in.mjs'
import { watched } from './watcher.mjs'

const [program, file = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))] = process.argv.slice(2)
const description = new Description(file)
const usd = (amount) => ({ amount, currency: 'USD' })
const secret = 'whsec_of_the_test_4Hd9'
const settings = { secret_key: 'sk_test_good_51Nx8w7RQ', webhook_secrets: secret }
const return_url = 'https://portal.example.com/paid'
const date = '2026-01-10'
const due = new Date().toISOString().slice(0, 10) // what was invoiced on that day is due by today
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

const standIn = await new StandIn().start()
const sdk = new Stripe(settings.secret_key, { host: '127.0.0.1', port: standIn.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false })

class Client {
  constructor(url, key, operator) {
    Object.assign(this, { url, key, operator })
  }
  async ask(method, path, { body, ...headers } = {}) {
    const all = { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json', 'Sluice-Operator': this.operator, ...headers }
    const reply = await fetch(`${this.url}/api/v1${path}`, { method, headers: all, body: body && JSON.stringify(body) })
    const text = await reply.text()
    return { status: reply.status, json: text ? JSON.parse(text) : null }
  }
  get = async (path) => (await this.ask('GET', path)).json
  post = (path, body, headers) => this.ask('POST', path, { body, ...headers })
  patch = (path, body) => this.ask('PATCH', path, { body })

  // A checkout that must be granted.
  async begin(wish, headers) {
    const { status, json } = await this.post('/subscribers/ann/checkouts', { payment_method: 'card', return_url, ...wish }, headers)
    assert.equal(status, 201, json.detail)
    return json
  }
  async charge(saved, wish) {
    const { status, json } = await this.post(`/subscribers/ann/saved-methods/${saved}/charge`, wish)
    assert.equal(status, 201, json.detail)
    return json
  }
  query = async (checkout) => (await this.post(`/checkouts/${checkout.id}/query`)).json
  checkout = (checkout) => this.get(`/checkouts/${checkout.id}`)
  payments = async () => (await this.get('/payments?subscriber=ann')).items
  balance = async () => (await this.get('/subscribers/ann')).balance.amount
  document = (number) => this.get(`/documents/${number}`)

  // What Stripe tells, signed by its SDK.
  async tell(event, { with: key = secret, timestamp, payload = JSON.stringify(event), signed = payload } = {}) {
    const signature = sdk.webhooks.generateTestHeaderString({ payload: signed, secret: key, timestamp })
    const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': signature }
    const reply = await fetch(`${this.url}/webhooks/${this.operator}/card`, { method: 'POST', headers, body: payload })
    return { status: reply.status, json: await reply.json() }
  }
  async believed(event) {
    const { status, json } = await this.tell(event)
    assert.equal(status, 200, json.detail)
  }

  // GIVES: the number of a new invoice over 100.00 of ann's.
  async invoice(code = 'home') {
    const sold = await this.post('/subscribers/ann/sub-services', { code, service: 'net', activate: true, date })
    assert.equal(sold.status, 201, sold.json.detail)
    let run = (await this.post('/bill-runs', { through: date })).json
    while (run.state === 'queued' || run.state === 'running') run = await this.get(`/bill-runs/${run.id}`)
    return (await this.get('/documents?subscriber=ann&sort=-number&limit=1')).items[0].number
  }
  // Documents are charged by themselves.
  async automatic(saved_method) {
    const { status, json } = await this.post('/subscribers/ann/automatic-payments', { what: 'documents', saved_method })
    assert.equal(status, 201, json.detail)
    return json
  }
  // Once it is as it should be.
  payout = ({ id }, state) =>
    soon(async () => {
      const payout = await this.get(`/payouts/${id}`)
      return payout.state === state && payout
    }, 40)
  planned = async (on) => (await this.get(`/automatic-charges?date=${on}`)).items.map(({ verdict }) => verdict)
  // GIVES: what a run has done.
  async run(on = due) {
    let run = (await this.post('/automatic-payment-runs', { date: on })).json
    while (run.state === 'queued' || run.state === 'running') run = await this.get(`/automatic-payment-runs/${run.id}`)
    assert.equal(run.state, 'finished', run.error)
    return run.progress
  }

  // GIVES: the id of a saved card.
  async savedCard(card) {
    const begun = await this.begin({ save_method: true })
    await this.believed(standIn.pay(begun.reference, card))
    await this.query(begun)
    return (await this.get('/subscribers/ann/saved-methods')).items.at(-1).id
  }
}

function refusedWith({ status, json }, wantedStatus, code) {
  assert.deepEqual([status, json.code], [wantedStatus, code], json.detail)
}

async function newOperator(url, key, operator) {
  const client = new Client(url, key, operator)
  const made = [
    await client.post('/operators', { code: operator, name: 'Operator', currency: 'USD', time_zone: 'UTC', billing: { model: 'cycle', invoicing: 'independent' } }),
    await client.post('/services', { code: 'net', period: '1 month', price: usd('100.00') }),
    await client.post('/subscribers', { code: 'ann', contact: 'Ann' }),
    await client.post('/payment-methods', { code: 'card', name: 'Card', gateway: 'stripe', test_mode: true, enabled: true, settings }),
  ]
  for (const { status, json } of made) assert.equal(status, 201, json.detail)
  return client
}

// What comes by itself within some seconds.
async function soon(look, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`it did not come within ${seconds} seconds`)
  }
}

let directory

const situations = {
  async 'a paid checkout is a payment, and pays the document'(client) {
    await client.patch('/payment-methods/card', { commission: { percent: '2', fixed: usd('1.00'), on_top: true } })
    const document = await client.invoice()
    const begun = await client.begin({ document })
    assert.deepEqual([begun.state, begun.amount.amount, begun.commission.amount, begun.total.amount], ['pending', '100.00', '3.00', '103.00'])
    const session = await sdk.checkout.sessions.retrieve(begun.reference)
    assert.deepEqual([session.amount_total, session.currency, session.status, session.url], [10300, 'usd', 'open', begun.url])
    await client.believed(standIn.pay(begun.reference))
    const done = await client.checkout(begun)
    const intent = (await sdk.checkout.sessions.retrieve(begun.reference)).payment_intent
    assert.deepEqual([done.state, done.gateway_payment, done.url], ['succeeded', intent, null])
    const [payment, ...others] = await client.payments()
    assert.deepEqual([payment.id, payment.amount.amount, payment.method, payment.reference, others], [done.payment, '100.00', 'card', intent, []])
    assert.equal((await client.document(document)).state, 'paid')
    refusedWith(await client.post('/subscribers/ann/checkouts', { payment_method: 'card', document, return_url }), 409, 'nothing_to_pay')
  },

  async 'a repeated webhook has no second effect'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    const event = standIn.pay(begun.reference)
    await Promise.all([1, 2, 3, 4].map(() => client.believed(event)))
    await client.believed(event)
    await client.believed({ ...event, id: 'evt_again' })
    assert.deepEqual((await client.payments()).map(({ amount }) => amount.amount), ['20.00'])
  },

  async 'a webhook may be faster than the page that is paid'(client) {
    standIn.trouble('POST', /sessions$/, ({ id }) => client.believed(standIn.pay(id)))
    const begun = await client.begin({ amount: usd('20.00') })
    assert.equal(begun.state, 'succeeded')
    assert.equal((await client.payments()).length, 1)
    assert.equal((await client.checkout(begun)).reference, begun.reference)
  },

  async 'webhooks come in any order'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    const completed = standIn.pay(begun.reference)
    const intent = standIn.get(standIn.get(begun.reference).payment_intent)
    await client.believed(standIn.event('payment_intent.succeeded', intent))
    await client.believed(standIn.event('checkout.session.expired', { ...completed.data.object, status: 'expired', payment_status: 'unpaid' }))
    await client.believed(completed)
    assert.equal((await client.checkout(begun)).state, 'succeeded')
    assert.equal((await client.payments()).length, 1)
  },

  async 'a forged webhook leaves nothing behind'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    const event = standIn.pay(begun.reference)
    const other = JSON.stringify({ ...event, id: 'evt_other' })
    refusedWith(await client.tell(event, { with: 'whsec_of_somebody' }), 401, 'signature_not_valid')
    refusedWith(await client.tell(event, { payload: other, signed: JSON.stringify(event) }), 401, 'signature_not_valid')
    refusedWith(await client.tell(event, { timestamp: Math.floor(Date.now() / 1000) - 400 }), 401, 'signature_not_valid')
    refusedWith(await client.tell(null, { payload: '{"no": "event"}' }), 400, 'invalid_request')
    refusedWith(await client.tell(null, { payload: 'no JSON' }), 400, 'invalid_request')
    for (const [path, headers] of [['card', {}], ['none', {}], ['card', { 'Stripe-Signature': 't=1,v1=00' }]]) {
      const reply = await fetch(`${client.url}/webhooks/${client.operator}/${path}`, { method: 'POST', headers, body: JSON.stringify(event) })
      assert.equal(reply.status, 401)
    }
    refusedWith(await client.tell(null, { payload: ' '.repeat(262_145) }), 413, 'too_large')
    assert.deepEqual([await client.payments(), (await client.checkout(begun)).state], [[], 'pending'])
    await client.believed(event)
    assert.equal((await client.payments()).length, 1)
  },

  async 'a webhook that comes late, after an expiry or after the answer was asked for, counts once'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    await client.believed(standIn.close(begun.reference))
    assert.equal((await client.checkout(begun)).state, 'expired')
    const late = standIn.pay(begun.reference)
    assert.equal((await client.query(begun)).state, 'succeeded')
    await client.believed(late)
    assert.equal((await client.payments()).length, 1)
  },

  async 'a lost webhook is made up for by asking'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    standIn.pay(begun.reference)
    assert.deepEqual(await client.payments(), [])
    standIn.trouble('GET', /sessions/, 'broken')
    refusedWith(await client.post(`/checkouts/${begun.id}/query`), 503, 'gateway_unavailable')
    assert.equal((await client.query(begun)).state, 'succeeded')
    assert.equal((await client.payments()).length, 1)
  },

  async 'a page that nobody was told of is no payment, and keeps nobody from paying'(client) {
    const document = await client.invoice()
    const wish = { payment_method: 'card', document, return_url }
    for (const trouble of ['cut_after', 'cut_before', 'broken', 'busy']) {
      standIn.trouble('POST', /sessions$/, trouble)
      refusedWith(await client.post('/subscribers/ann/checkouts', wish), 503, 'gateway_unavailable')
    }
    const begun = await client.begin({ document })
    await client.believed(standIn.pay(begun.reference))
    assert.equal((await client.document(document)).state, 'paid')
    assert.deepEqual((await client.get('/checkouts')).items.map(({ state }) => state), ['succeeded', 'failed', 'failed', 'failed', 'failed'])
  },

  async 'of a document one checkout at a time can be paid'(client) {
    const document = await client.invoice()
    const first = await client.begin({ document })
    assert.equal((await client.begin({ document })).id, first.id)
    const second = await client.begin({ document, save_method: true })
    assert.notEqual(second.id, first.id)
    assert.equal((await sdk.checkout.sessions.retrieve(first.reference)).status, 'expired')
    assert.equal((await client.checkout(first)).state, 'expired')
    standIn.trouble('POST', /expire$/, 'broken')
    refusedWith(await client.post('/subscribers/ann/checkouts', { payment_method: 'card', document, return_url }), 409, 'settlement_under_way')
    standIn.pay(second.reference)
    refusedWith(await client.post('/subscribers/ann/checkouts', { payment_method: 'card', document, return_url }), 409, 'nothing_to_pay')
    assert.equal((await client.payments()).length, 1)
  },

  async 'what is paid twice all the same is credit that can be seen'(client) {
    const document = await client.invoice()
    const first = await client.begin({ document })
    const second = await client.begin({ document, save_method: true })
    await client.believed(standIn.pay(second.reference))
    await client.believed(standIn.pay(first.reference))
    const payments = await client.payments()
    assert.deepEqual(payments.map(({ unallocated }) => unallocated.amount).sort(), ['0.00', '100.00'])
    assert.deepEqual([(await client.document(document)).state, await client.balance()], ['paid', '100.00'])
  },

  async 'what was paid elsewhere meanwhile makes a paid checkout credit'(client) {
    const document = await client.invoice()
    const begun = await client.begin({ document })
    await client.post('/payments', { subscriber: 'ann', amount: usd('100.00'), method: 'cash' })
    await client.believed(standIn.pay(begun.reference))
    assert.deepEqual([(await client.payments()).length, await client.balance()], [2, '100.00'])
  },

  async 'a repeated request begins one checkout'(client) {
    const key = { 'Idempotency-Key': 'order-1' }
    const wish = { amount: usd('20.00') }
    const before = standIn.requests.length
    const all = await Promise.all([1, 2, 3].map(() => client.begin(wish, key)))
    assert.equal(new Set([...all, await client.begin(wish, key)].map(({ id }) => id)).size, 1)
    assert.equal(standIn.requests.slice(before).filter(({ method }) => method === 'POST').length, 1)
    const other = { payment_method: 'card', return_url, amount: usd('30.00') }
    refusedWith(await client.post('/subscribers/ann/checkouts', other, key), 422, 'idempotency_key_reused')
  },

  async 'a card is saved with a payment, or alone, and as much of it as may be'(client) {
    const paid = await client.begin({ amount: usd('1.00'), save_method: true })
    await client.believed(standIn.pay(paid.reference))
    const saved = (await client.query(paid)).saved_method
    const alone = await client.begin({ save_method: true })
    assert.deepEqual([alone.kind, alone.total.amount], ['setup', '0.00'])
    await client.believed(standIn.pay(alone.reference, 'lost'))
    assert.equal((await client.query(alone)).state, 'succeeded')
    const { items } = await client.get('/subscribers/ann/saved-methods')
    assert.deepEqual(items.map(({ brand, last4, expires_month, expires_year }) => [brand, last4, expires_month, expires_year]),
      [['visa', '4242', 12, 2031], ['visa', '9987', 12, 2031]])
    assert.equal((await client.payments()).length, 1)
    assert.equal((await client.ask('DELETE', `/subscribers/ann/saved-methods/${saved}`)).status, 204)
    refusedWith(await client.post(`/subscribers/ann/saved-methods/${saved}/charge`, { amount: usd('5.00') }), 404, 'unknown_saved_method')
    assert.match(standIn.requests.at(-1).path, /detach$/)
  },

  async 'what a webhook does not tell is asked for without anybody asking'(client) {
    const begun = await client.begin({ save_method: true })
    await client.believed(standIn.pay(begun.reference))
    const saved = await soon(async () => (await client.get('/subscribers/ann/saved-methods')).items[0])
    assert.equal(saved.last4, '4242')
    assert.equal((await client.checkout(begun)).saved_method, saved.id)
  },

  async 'a saved card is charged, declined, or wants its holder'(client) {
    const good = await client.savedCard('good')
    const document = await client.invoice()
    const charged = await client.charge(good, { document })
    assert.deepEqual([charged.kind, charged.state, charged.amount.amount], ['saved', 'succeeded', '100.00'])
    assert.equal((await client.document(document)).state, 'paid')
    const intent = await sdk.paymentIntents.retrieve(charged.gateway_payment)
    assert.deepEqual([intent.amount_received, intent.status], [10000, 'succeeded'])
    await client.believed(standIn.event('payment_intent.succeeded', standIn.get(intent.id)))
    const before = await client.payments()
    for (const [card, reason] of [['declined', 'declined'], ['lost', 'declined_for_good'], ['asks_holder', 'authentication_required']]) {
      const failed = await client.charge(await client.savedCard(card), { amount: usd('5.00') })
      assert.deepEqual([failed.state, failed.reason, failed.payment], ['failed', reason, null], card)
    }
    assert.equal((await client.payments()).length, before.length)
  },

  async 'a charge whose answer is lost is found, and never made twice'(client) {
    const card = await client.savedCard('good')
    const document = await client.invoice()
    standIn.cut('POST', /confirm$/, 'cut_after')
    const lost = await client.charge(card, { document })
    assert.equal(lost.state, 'unknown')
    standIn.trouble('GET', /payment_intents/, 'busy')
    refusedWith(await client.post('/subscribers/ann/checkouts', { payment_method: 'card', document, return_url }), 409, 'settlement_under_way')
    assert.equal((await client.query(lost)).state, 'succeeded')
    refusedWith(await client.post(`/subscribers/ann/saved-methods/${card}/charge`, { document }), 409, 'nothing_to_pay')
    assert.equal((await client.payments()).filter(({ amount }) => amount.amount === '100.00').length, 1)
    assert.equal(standIn.paid().filter(({ id }) => id === lost.reference).length, 1)
  },

  async 'a charge that never arrived is given up, and can be made again'(client) {
    const card = await client.savedCard('good')
    const document = await client.invoice()
    standIn.cut('POST', /confirm$/, 'cut_before')
    const lost = await client.charge(card, { document })
    assert.equal(lost.state, 'unknown')
    assert.equal((await client.query(lost)).state, 'failed')
    assert.equal((await sdk.paymentIntents.retrieve(lost.reference)).status, 'canceled')
    assert.equal((await client.charge(card, { document })).state, 'succeeded')
    assert.equal((await client.document(document)).state, 'paid')
  },

  async 'a checkout and a charge for the same document cannot both succeed'(client) {
    const card = await client.savedCard('good')
    const document = await client.invoice()
    const page = await client.begin({ document })
    assert.equal((await client.charge(card, { document })).state, 'succeeded')
    assert.equal((await sdk.checkout.sessions.retrieve(page.reference)).status, 'expired')
    const other = await client.invoice('office')
    const open = await client.begin({ document: other })
    standIn.pay(open.reference)
    refusedWith(await client.post(`/subscribers/ann/saved-methods/${card}/charge`, { document: other }), 409, 'nothing_to_pay')
    assert.equal(await client.balance(), '0.00')
  },

  async 'a document is paid that was paid while the card was about to be charged, but not again'(client) {
    const card = await client.savedCard('good')
    const document = await client.invoice()
    const payCash = () => client.post('/payments', { subscriber: 'ann', amount: usd('100.00'), method: 'cash' })
    standIn.trouble('POST', /payment_intents$/, payCash)
    const given_up = await client.charge(card, { document })
    assert.deepEqual([given_up.state, given_up.reason], ['failed', 'abandoned'])
    assert.equal((await sdk.paymentIntents.retrieve(given_up.reference)).status, 'canceled')
    assert.equal(await client.balance(), '0.00')
  },

  async 'settings are checked, sealed, and shown by their ends'(client) {
    const { settings: shown } = await client.get('/payment-methods/card')
    assert.deepEqual(shown, { secret_key: '…w7RQ', webhook_secrets: '…4Hd9' })
    const change = (body) => client.patch('/payment-methods/card', body)
    refusedWith(await change({ settings: { password: 'x' } }), 422, 'settings_not_allowed')
    refusedWith(await change({ settings: { secret_key: '' } }), 422, 'settings_not_allowed')
    refusedWith(await change({ test_mode: false }), 422, 'settings_not_allowed')
    for (const name of readdirSync(directory).filter((one) => one.startsWith('store.db') && !one.endsWith('.key')))
      for (const word of [settings.secret_key, secret])
        assert.ok(!readFileSync(join(directory, name)).includes(word), `${name} shows a secret`)
    assert.equal((await change({ settings: { webhook_secrets: `whsec_new ${secret}` } })).status, 200)
    const begun = await client.begin({ amount: usd('20.00') })
    assert.equal((await client.tell(standIn.pay(begun.reference), { with: 'whsec_new' })).status, 200)
    assert.equal((await change({ settings: { secret_key: 'sk_test_bad' } })).status, 200)
    refusedWith(await client.post('/subscribers/ann/checkouts', { payment_method: 'card', amount: usd('20.00'), return_url }), 422, 'gateway_refused')
    assert.equal((await change({ enabled: false })).status, 200)
    refusedWith(await client.post('/subscribers/ann/checkouts', { payment_method: 'card', amount: usd('20.00'), return_url }), 422, 'payment_method_not_usable')
  },

  async 'a method is for amounts within its limits'(client) {
    await client.patch('/payment-methods/card', { minimum: usd('5.00'), maximum: usd('50.00') })
    const ask = (amount) => client.post('/subscribers/ann/checkouts', { payment_method: 'card', amount: usd(amount), return_url })
    refusedWith(await ask('4.99'), 422, 'payment_method_not_usable')
    refusedWith(await ask('50.01'), 422, 'payment_method_not_usable')
    refusedWith(await ask('0.00'), 422, 'amount_not_allowed')
    assert.equal((await client.patch('/payment-methods/card', { minimum: null })).json.minimum, null)
    assert.equal((await ask('4.99')).status, 201)
  },

  async 'refunds and disputes that Stripe tells of are booked once, in any order'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    await client.believed(standIn.pay(begun.reference))
    const { gateway_payment } = await client.checkout(begun)
    const refund = await sdk.refunds.create({ payment_intent: gateway_payment, amount: 500 })
    await client.believed(standIn.event('refund.created', standIn.get(refund.id)))
    await client.believed(standIn.event('refund.updated', standIn.get(refund.id)))
    assert.equal(await client.balance(), '15.00')
    const dispute = standIn.dispute(gateway_payment)
    await client.believed(standIn.event('charge.dispute.created', dispute))
    assert.equal(await client.balance(), '15.00')
    await client.believed(standIn.event('charge.dispute.funds_withdrawn', dispute))
    assert.equal(await client.balance(), '0.00')
    await client.believed(standIn.event('charge.dispute.funds_reinstated', dispute))
    await client.believed(standIn.event('charge.dispute.funds_withdrawn', dispute))
    await client.believed(standIn.event('charge.dispute.funds_reinstated', dispute))
    assert.equal(await client.balance(), '15.00')
  },

  async 'what is due is charged by itself, once for a date'(client) {
    const card = await client.savedCard('good')
    const document = await client.invoice()
    const enabled = await client.automatic(card)
    assert.deepEqual([enabled.state, enabled.saved_method, enabled.last4], ['active', card, '4242'])
    const [planned] = (await client.get(`/automatic-charges?date=${due}`)).items
    assert.deepEqual([planned.document, planned.total.amount, planned.verdict], [document, '100.00', 'charged'])
    const runs = await Promise.all([1, 2, 3].map(() => client.run()))
    assert.equal(runs.reduce((sum, { charges }) => sum + charges, 0), 1)
    await client.run()
    assert.equal((await client.document(document)).state, 'paid')
    const { gateway_payment } = (await client.get('/checkouts?limit=1')).items[0]
    const told = standIn.event('payment_intent.succeeded', standIn.get(gateway_payment))
    await Promise.all([told, told, { ...told, id: 'evt_twice' }].map((event) => client.believed(event)))
    assert.deepEqual([(await client.payments()).length, await client.balance()], [1, '0.00'])
  },

  async 'an automatic charge that is declined is tried again, and stops when it is for good'(client) {
    const document = await client.invoice()
    await client.automatic(await client.savedCard('declined'))
    assert.equal((await client.run()).failed, 1)
    const [waits] = (await client.get('/subscribers/ann/automatic-payments')).items
    assert.deepEqual([waits.state, waits.failures], ['active', 1])
    assert.deepEqual(await client.planned(due), ['waits'])
    assert.equal((await client.run()).charges, 0)
    await client.automatic(await client.savedCard('asks_holder'))
    assert.equal((await client.run()).failed, 1)
    const [stopped] = (await client.get('/subscribers/ann/automatic-payments')).items
    assert.deepEqual([stopped.state, stopped.stop_reason], ['stopped', 'authentication_required'])
    assert.deepEqual(await client.planned(tomorrow), ['stopped'])
    const types = (await client.get('/events?limit=500')).items.map(({ type }) => type)
    assert.ok(types.includes('automatic_payment.declined') && types.includes('automatic_payment.stopped'))
    assert.equal((await client.document(document)).state, 'issued')
  },

  async 'above a cap nothing is charged'(client) {
    await client.invoice()
    await client.automatic(await client.savedCard('good'))
    assert.equal((await client.patch('/subscribers/ann', { payment: { charge_cap: usd('99.99') } })).status, 200)
    assert.deepEqual(await client.run(), { accounts: 1, charges: 0, succeeded: 0, failed: 0, unknown: 0, above_cap: 1 })
    assert.deepEqual(await client.payments(), [])
  },

  async 'an automatic charge whose answer is lost is asked for, and never made twice'(client) {
    const document = await client.invoice()
    await client.automatic(await client.savedCard('good'))
    standIn.trouble('POST', /payment_intents$/, 'cut_after')
    standIn.trouble('POST', /payment_intents$/, 'busy')
    standIn.cut('POST', /confirm$/, 'cut_after')
    assert.equal((await client.run()).succeeded, 1)
    const [lost] = (await client.get('/checkouts?limit=1')).items
    assert.deepEqual(await client.planned(tomorrow), ['nothing_due'])
    assert.equal((await client.document(document)).state, 'paid')
    assert.equal((await client.payments()).length, 1)
    assert.equal(standIn.paid().filter(({ metadata }) => metadata.sluice_attempt === lost.id).length, 1)
  },

  async 'a saved method that is forgotten is charged for nothing'(client) {
    await client.invoice()
    const card = await client.savedCard('good')
    const { id } = await client.automatic(card)
    assert.equal((await client.ask('DELETE', `/subscribers/ann/saved-methods/${card}`)).status, 204)
    assert.deepEqual((await client.get('/subscribers/ann/automatic-payments')).items, [])
    refusedWith(await client.ask('DELETE', `/subscribers/ann/automatic-payments/${id}`), 404, 'unknown_automatic_payment')
    assert.equal((await client.run()).accounts, 0)
  },

  async 'money is given back through the gateway, in part and in full, and booked once'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    await client.believed(standIn.pay(begun.reference))
    const { payment, gateway_payment } = await client.checkout(begun)
    const refund = (body) => client.post(`/payments/${payment}/refunds`, { through: 'gateway', ...body })
    assert.equal((await refund({ amount: usd('5.00') })).status, 201)
    const [first] = (await client.get('/payouts')).items
    const paid = await client.payout(first, 'paid')
    await client.believed(standIn.event('refund.created', standIn.get(paid.reference)))
    await client.believed(standIn.event('refund.updated', standIn.get(paid.reference)))
    assert.equal(await client.balance(), '15.00')
    standIn.trouble('POST', /refunds$/, 'cut_after')
    assert.equal((await refund()).status, 201)
    const [second] = (await client.get('/payouts')).items
    await client.payout(second, 'paid')
    const { refunds } = await client.get(`/payments/${payment}`)
    assert.deepEqual([refunds.length, await client.balance()], [2, '0.00'])
    assert.equal(standIn.refunded(gateway_payment), 2000)
    refusedWith(await refund(), 422, 'amount_not_allowed')
  },

  async 'a refund whose webhook is faster is booked once'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    await client.believed(standIn.pay(begun.reference))
    const { payment } = await client.checkout(begun)
    standIn.trouble('POST', /refunds$/, ({ id }) => client.believed(standIn.event('refund.created', standIn.get(id))))
    assert.equal((await client.post(`/payments/${payment}/refunds`, { through: 'gateway' })).status, 201)
    await client.payout((await client.get('/payouts')).items[0], 'paid')
    assert.deepEqual([(await client.get(`/payments/${payment}`)).refunds.length, await client.balance()], [1, '0.00'])
  },

  async 'a refund that fails after it was made is for somebody to make'(client) {
    const begun = await client.begin({ amount: usd('20.00') })
    await client.believed(standIn.pay(begun.reference))
    const { payment } = await client.checkout(begun)
    assert.equal((await client.post(`/payments/${payment}/refunds`, { through: 'gateway' })).status, 201)
    const { id, reference } = await client.payout((await client.get('/payouts')).items[0], 'paid')
    const refund = standIn.get(reference)
    const made = standIn.event('refund.updated', refund)
    Object.assign(refund, { status: 'failed', failure_reason: 'expired_or_canceled_card' })
    await client.believed(standIn.event('refund.failed', refund))
    await client.believed(standIn.event('refund.updated', refund))
    await client.believed(made)
    const open = await client.get(`/payouts/${id}`)
    assert.deepEqual([open.state, open.through, open.done_at], ['open', 'manual', null])
    assert.match(open.message, /expired_or_canceled_card/)
    assert.equal((await client.post(`/payouts/${id}/cancel`)).json.state, 'cancelled')
    assert.equal(await client.balance(), '20.00')
  },

  async 'a commission on top is for gateways alone'(client) {
    const made = await client.post('/payment-methods', { code: 'till', name: 'Cash', gateway: 'cash', enabled: true })
    assert.equal(made.status, 201)
    const on_top = { commission: { percent: '2', fixed: usd('1.00'), on_top: true } }
    refusedWith(await client.patch('/payment-methods/till', on_top), 422, 'settings_not_allowed')
    assert.equal((await client.patch('/payment-methods/card', on_top)).status, 200)
  },

  async 'what no gateway gives back somebody pays out'(client) {
    const { json: cash } = await client.post('/payments', { subscriber: 'ann', amount: usd('20.00'), method: 'cash' })
    refusedWith(await client.post(`/payments/${cash.id}/refunds`, { through: 'gateway' }), 422, 'payment_method_not_usable')
    for (const amount of ['5.00', '6.00'])
      assert.equal((await client.post(`/payments/${cash.id}/refunds`, { through: 'manual', amount: usd(amount) })).status, 201)
    const [six, five] = (await client.get('/payouts?state=open')).items
    assert.deepEqual([five.amount.amount, six.amount.amount, six.through, await client.balance()], ['5.00', '6.00', 'manual', '9.00'])
    assert.equal((await client.post(`/payouts/${five.id}/pay`, { reference: 'transfer 17' })).json.state, 'paid')
    assert.equal((await client.post(`/payouts/${six.id}/cancel`)).json.state, 'cancelled')
    refusedWith(await client.post(`/payouts/${six.id}/pay`, {}), 409, 'payout_settled')
    assert.deepEqual([await client.balance(), (await client.get('/payouts?state=open')).items], ['15.00', []])
  },
}

const start = async (binary) => {
  const server = await startServer(binary, { SLUICE_STRIPE_API: standIn.url })
  directory = server.directory
  return server
}
const { exchanges } = await watched(start, program, description, async (url, key) => {
  let number = 0
  for (const [situation, look] of Object.entries(situations)) {
    const client = await newOperator(url, key, `isp-${++number}`)
    await look(client).catch((broken) => {
      console.error(`"${situation}" is not so: ${broken.stack}`)
      process.exitCode = 1
    })
    const { state, sound } = await verified(client)
    if (state !== 'finished' || !sound) {
      console.error(`"${situation}" leaves books that are not sound`)
      process.exitCode = 1
    }
  }
})
// The program is killed at the moment at which the money has moved and it does not know yet.
async function killedWhileCharging() {
  const first = await startServer(program, { SLUICE_STRIPE_API: standIn.url })
  const client = await newOperator(first.url, first.key, 'isp')
  const card = await client.savedCard('good')
  const document = await client.invoice()
  standIn.trouble('POST', /confirm$/, first.kill)
  await assert.rejects(client.charge(card, { document }))
  await first.kill() // until it is gone
  const second = await startServer(program, { SLUICE_STRIPE_API: standIn.url }, first)
  try {
    client.url = second.url
    assert.equal((await client.get('/checkouts?limit=1')).items[0].state, 'unknown')
    await soon(async () => (await client.document(document)).state === 'paid', 40)
    assert.equal((await client.payments()).length, 1)
    assert.ok((await verified(client)).sound)
  } finally {
    await second.stop()
  }
}
await killedWhileCharging().catch((broken) => {
  console.error(`the program is killed while it charges: ${broken.stack}`)
  process.exitCode = 1
})
standIn.stop()
if (process.exitCode) console.error('payments: not as they should be')
else console.log(`payments: ${Object.keys(situations).length + 1} situations, ${exchanges.length} answers`)

async function verified(client) {
  let verification = (await client.post('/verifications')).json
  while (verification.state === 'queued' || verification.state === 'running') verification = await client.get(`/verifications/${verification.id}`)
  return verification
}
