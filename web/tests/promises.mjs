// node promises.mjs SLUICE: what openapi.yaml promises in words, which no schema can say: that repeated requests get the
// same answer, what counts where, what is the default of what.
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { Description } from './description.mjs'
import { startServer } from './server.mjs'
import { watched } from './watcher.mjs'

const [program, file = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))] = process.argv.slice(2)
const description = new Description(file)
const schemas = description.api.components.schemas
const usd = (amount) => ({ amount, currency: 'USD' })
const dayFromNow = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

class Client {
  constructor(url, key, operator) {
    Object.assign(this, { url, key, operator })
  }
  as(key, operator = this.operator) {
    return new Client(this.url, key, operator)
  }
  async ask(method, path, { body, ...headers } = {}) {
    const all = { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json', ...headers }
    if (this.operator) all['Sluice-Operator'] = this.operator
    const reply = await fetch(`${this.url}/api/v1${path}`, { method, headers: all, body: body && JSON.stringify(body) })
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, json: text ? JSON.parse(text) : null }
  }
  get = (path, headers) => this.ask('GET', path, headers)
  post = (path, body, headers) => this.ask('POST', path, { body, ...headers })
  patch = (path, body, headers) => this.ask('PATCH', path, { body, ...headers })
}

function refusedWith({ status, json }, wantedStatus, code) {
  assert.deepEqual([status, json.code], [wantedStatus, code], json.detail)
}

// GIVES: a client of a new operator that sells one service, and has one subscriber.
async function newOperator(platform, code) {
  const client = platform.as(platform.key, code)
  const settings = { code, name: code, currency: 'USD', time_zone: 'America/Chicago' }
  assert.equal((await platform.post('/operators', settings)).status, 201)
  assert.equal((await client.post('/services', { code: 'net', period: '1 month', price: usd('10.00') })).status, 201)
  assert.equal((await client.post('/subscribers', { code: 'ann', contact: 'Ann' })).status, 201)
  return client
}

async function finishedRun(client, through) {
  let run = (await client.post('/bill-runs', { through })).json
  while (run.state === 'queued' || run.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 20))
    run = (await client.get(`/bill-runs/${run.id}`)).json
  }
  assert.equal(run.state, 'finished', run.error)
  return run
}

const subServices = '/subscribers/ann/sub-services'

const promises = {
  async 'what is left out is as its default says'(client, platform) {
    const { json } = await platform.get(`/operators/${client.operator}`)
    for (const [name, { default: otherwise }] of Object.entries(schemas.OperatorNew.properties))
      if (otherwise !== undefined) assert.equal(json[name], otherwise, name)
    const tax = (await client.post('/taxes', { code: 'vat', rate: '20' })).json
    assert.deepEqual([tax.name, tax.included, tax.country, tax.region, tax.valid_from], ['vat', false, '', '', null])
    await client.post('/cpes', { code: 'router', mode: 'once', price: usd('50.00') })
    const date = '2026-01-10'
    const sold = (await client.post(subServices, { code: 'quiet', service: 'net', date, cpes: [{ code: 'router' }] })).json
    assert.deepEqual([sold.status, sold.items[1].quantity, sold.items[1].serial, sold.unit], ['inactive', 1, '', null])
    await client.post(`${subServices}/quiet/activate`, { date })
    assert.equal((await client.post(`${subServices}/quiet/suspend`, { date })).json.suspend_reason, '')
    await client.post(`${subServices}/quiet/resume`, { date })
    assert.equal((await finishedRun(client, date)).totals.invoices, 1)
    const ending = (await client.post(`${subServices}/quiet/cancel`, { date })).json
    assert.equal(schemas.CancelAt.default, 'end_of_period')
    assert.deepEqual([ending.status, ending.cancel_on], ['active', '2026-02-10'])
  },

  async 'a repeated request gets the answer of the first, whoever of the operator repeats it'(client) {
    const key = { 'Idempotency-Key': 'again' }
    const clerk = (await client.post('/api-keys', { name: 'other', role: 'clerk' })).json.key
    const body = { subscriber: 'ann', amount: usd('5.00') }
    const first = await client.post('/payments', body, key)
    const again = await client.as(clerk).post('/payments', body, key)
    assert.deepEqual([first.headers.get('Idempotency-Replayed'), again.headers.get('Idempotency-Replayed')], [null, 'true'])
    assert.deepEqual(again.json, first.json)
    refusedWith(await client.post('/payments', { ...body, amount: usd('6.00') }, key), 422, 'idempotency_key_reused')
    assert.equal((await client.get('/payments?subscriber=ann')).json.items.length, 1)
  },

  async 'a key counts for each operator apart'(client, platform) {
    const other = await newOperator(platform, `${client.operator}-2`)
    const key = { 'Idempotency-Key': 'apart' }
    const body = { subscriber: 'ann', amount: usd('5.00') }
    const [here, there] = [await client.post('/payments', body, key), await other.post('/payments', body, key)]
    assert.deepEqual([here.status, there.status, there.headers.get('Idempotency-Replayed')], [201, 201, null])
  },

  async 'a refusal by the rules is kept, a body that is not as described is not'(client) {
    const key = { 'Idempotency-Key': 'early' }
    const body = { code: 'flat', name: 'Flat' }
    assert.equal((await client.post('/subscribers/bob/units', { ...body, stray: 1 }, key)).status, 400)
    refusedWith(await client.post('/subscribers/bob/units', body, key), 404, 'unknown_subscriber')
    await client.post('/subscribers', { code: 'bob', contact: 'Bob' })
    const again = await client.post('/subscribers/bob/units', body, key)
    refusedWith(again, 404, 'unknown_subscriber')
    assert.equal(again.headers.get('Idempotency-Replayed'), 'true')
    assert.equal((await client.post('/subscribers/bob/units', body)).status, 201)
  },

  async 'the secret of a key is shown once'(client) {
    const key = { 'Idempotency-Key': 'secret' }
    const made = await client.post('/api-keys', { name: 'shop', role: 'clerk' }, key)
    const again = await client.post('/api-keys', { name: 'shop', role: 'clerk' }, key)
    assert.match(made.json.key, /^slk_/)
    assert.deepEqual(again.json, { ...made.json, key: null })
  },

  async 'keys are listed of the operator, or of the whole installation'(client, platform) {
    const owner = (await client.post('/api-keys', { name: 'boss', role: 'owner' })).json
    const listed = async (of) => (await of.get('/api-keys?limit=500')).json.items.map(({ operator }) => operator)
    assert.deepEqual([...new Set(await listed(client))], [client.operator])
    assert.deepEqual(await listed(client.as(owner.key, undefined)), await listed(client))
    const all = new Set(await listed(platform))
    assert.ok(all.has(null) && all.has(client.operator))
    assert.equal((await platform.ask('DELETE', `/api-keys/${owner.id}`)).status, 204)
    refusedWith(await client.as(owner.key).get('/key'), 401, 'not_authenticated')
  },

  async 'a price is changed by an owner, in bulk too'(client) {
    const clerk = client.as((await client.post('/api-keys', { name: 'clerk', role: 'clerk' })).json.key)
    const body = { commands: [{ command: 'change_price', service: 'net', price: usd('1.00') }] }
    const { results } = (await clerk.post('/commands', body)).json
    assert.deepEqual([results[0].status, results[0].code], ['refused', 'not_allowed'])
    refusedWith(await clerk.post('/commands?preview=true', body), 403, 'not_allowed')
    assert.equal((await client.get('/services/net')).json.price.amount, '10.00')
    assert.equal((await client.post('/commands', body)).json.done, 1)
    assert.equal((await client.get('/services/net')).json.price.amount, '1.00')
  },

  async 'a preview of many commands is refused as they would be'(client) {
    const body = { commands: [{ command: 'activate', sub_service: 'ann/none' }] }
    refusedWith(await client.post('/commands?preview=true', body), 422, 'unknown_sub_service')
    await client.post(subServices, { code: 'on', service: 'net', date: '2026-01-10', activate: true })
    body.commands[0].sub_service = 'ann/on'
    refusedWith(await client.post('/commands?preview=true', body), 409, 'already_active')
  },

  async 'what is taken over is not activated'(client) {
    const body = { code: 'old', service: 'net', activate: true, taken_over: { status: 'inactive' } }
    refusedWith(await client.post(subServices, body), 400, 'invalid_request')
    assert.equal((await client.post(subServices, { ...body, activate: false })).json.status, 'inactive')
  },

  async 'who edits is told of edits, who reads of any change'(client) {
    const etag = (await client.get('/subscribers/ann')).headers.get('ETag')
    const same = await client.get('/subscribers/ann', { 'If-None-Match': etag })
    assert.deepEqual([same.status, same.json, same.headers.get('ETag')], [304, null, etag])
    await client.post('/payments', { subscriber: 'ann', amount: usd('1.00') })
    assert.equal((await client.get('/subscribers/ann', { 'If-None-Match': etag })).status, 200)
    assert.equal((await client.patch('/subscribers/ann', { region: 'Cook' }, { 'If-Match': etag })).status, 200)
    refusedWith(await client.patch('/subscribers/ann', { region: 'X' }, { 'If-Match': etag }), 412, 'changed_meanwhile')
  },

  async 'a bill run goes 31 days ahead, a dry one further'(client) {
    refusedWith(await client.post('/bill-runs', { through: dayFromNow(33) }), 422, 'date_in_the_future')
    assert.equal((await client.post('/bill-runs', { through: dayFromNow(29) })).status, 202)
    const dry = (await client.post('/bill-runs', { through: dayFromNow(400), dry_run: true })).json
    assert.equal(dry.dry_run, true)
  },

  async 'a command does not lie in the future'(client) {
    const body = { subscriber: 'ann', amount: usd('1.00'), date: dayFromNow(2) }
    refusedWith(await client.post('/payments', body), 422, 'date_in_the_future')
  },

  async 'events are counted for each operator, and can be followed to the end'(client) {
    const all = (await client.get('/events?limit=500')).json
    assert.deepEqual(all.items.map(({ sequence }) => sequence), all.items.map((_, index) => index + 1))
    assert.equal(all.next_after, all.items.length)
    const rest = (await client.get(`/events?after=${all.next_after}`)).json
    assert.deepEqual(rest, { items: [], next_after: all.next_after })
    const objects = { 'operator.created': 'operator', 'product.created': 'product', 'subscriber.created': 'subscriber' }
    for (const { type, object } of all.items) if (objects[type]) assert.equal(object.type, objects[type])
  },

  async 'a page follows a page, however long the names'(client) {
    // Of two bytes each, of four, and one that stands for eighteen others where names are ordered.
    for (const character of ['ż', '🏢', 'ﷺ']) {
      const organization = character.repeat(200)
      for (const code of [`${character.codePointAt(0)}-1`, `${character.codePointAt(0)}-2`])
        assert.equal((await client.post('/subscribers', { code, organization, region: character })).status, 201)
      const list = `/subscribers?region=${encodeURIComponent(character)}&sort=name&limit=1`
      const { next } = (await client.get(list)).json
      const rest = await client.get(`${list}&cursor=${next}`)
      assert.deepEqual([rest.status, rest.json.items?.[0].name, rest.json.next], [200, organization, null], `${next.length}`)
    }
  },
}

const { exchanges } = await watched(startServer, program, description, async (url, key) => {
  const platform = new Client(url, key)
  let number = 0
  for (const [promise, look] of Object.entries(promises)) {
    const client = await newOperator(platform, `op-${++number}`)
    await look(client, platform).catch((broken) => {
      console.error(`"${promise}" does not hold: ${broken.message}`)
      process.exitCode = 1
    })
  }
})
if (process.exitCode) console.error('promises: not as openapi.yaml describes it')
else console.log(`promises: ${Object.keys(promises).length} hold, ${exchanges.length} answers`)
