// node tour.mjs SLUICE: every operation of openapi.yaml, asked as its own example asks, on a server on which the guide has
// been followed. Then everything that must be refused: without a key, with a lesser role, with what is not described. What
// comes is compared with openapi.yaml, which says all that is known here of an operation.
import { fileURLToPath } from 'node:url'
import { Description } from './description.mjs'
import { startServer } from './server.mjs'
import { pasted, Shell, stepsOf } from './steps.mjs'
import { watched } from './watcher.mjs'

const [program, file = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))] = process.argv.slice(2)
const description = new Description(file)
const api = description.api
const named = (node) => (node.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], api) : node)
const ranks = ['viewer', 'clerk', 'owner', 'platform', 'session'] // no key opens what is for people
const wrongs = []

function expectStatus(what, status, ...wanted) {
  if (!wanted.includes(status)) wrongs.push(`${what} is answered with ${status}, not ${wanted.join(' or ')}`)
}

class Tourist {
  constructor(url, key) {
    Object.assign(this, { url, key })
  }
  async ask(operation, target, { headers = {}, body, key = this.key } = {}) {
    const all = { 'Sluice-Operator': 'greentower', 'Content-Type': 'application/json', ...headers }
    if (key !== null) all.Authorization = `Bearer ${key}`
    const reply = await fetch(this.url + target, { method: operation.method, headers: all, body })
    const text = await reply.text()
    return { status: reply.status, json: text.startsWith('{') ? JSON.parse(text) : null }
  }
}

// Where an operation's example is, with the ids that this server has given for those of the examples.
function targetOf(operation, ids) {
  const parameters = [...(api.paths[operation.path].parameters ?? []), ...(operation.parameters ?? [])].map(named)
  return operation.path.replace(/\{([^}]*)\}/g, (_, name) => {
    const { example, schema } = parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeURIComponent(ids[name] ?? example ?? named(schema).enum[0])
  })
}

function bodiesOf(operation) {
  const examples = operation.requestBody?.content['application/json'].examples
  return examples ? Object.values(examples).map((example) => JSON.stringify(named(example).value)) : [undefined]
}

// What the server has named itself: the first of each list.
async function idsOf(tourist, key) {
  const first = async (target) => (await tourist.ask({ method: 'GET' }, target)).json.items[0]
  const document = (await tourist.ask({ method: 'GET' }, '/api/v1/documents/INV-2026-000001')).json
  return {
    bill_run: (await first('/api/v1/bill-runs')).id,
    payment: (await first('/api/v1/payments')).id,
    line: document.lines[0].id,
    api_key: key,
  }
}

// Each operation with each of its examples, in the order of the description. A long work that it starts can be read after.
async function asDescribed(tourist, ids) {
  for (const operation of inOrder())
    for (const body of bodiesOf(operation)) {
      const { status, json } = await tourist.ask(operation, targetOf(operation, ids), { body })
      // What a gateway sends is believed by its signature, and examples have none.
      // What signs in wants what an example has not.
      const unsigned = ['signature', 'none'].includes(operation['x-role']) ? [401] : []
      expectStatus(`${operation.operationId} as in its example`, status, 200, 201, 202, 204, 403, 404, 409, 422, ...unsigned)
      if (status === 202) ids[operation.path.split('/').pop().replace(/s$/, '').replace(/-/g, '_')] = json.id
    }
}

const inOrder = () => Object.keys(api.paths).flatMap((path) => description.operations.filter((one) => one.path === path))
const rankOf = (operation) => ranks.indexOf(operation['x-role'])

async function withoutARight(tourist, ids, keys) {
  for (const operation of inOrder()) {
    const target = targetOf(operation, ids)
    const [body] = bodiesOf(operation)
    if (operation['x-role'] === 'none') {
      if (operation.method !== 'GET') continue // they want a password, or a link
      // Through a provider nobody signs on here: there is none.
      const status = operation.path.includes('{provider}') ? 404 : 200
      expectStatus(`${operation.operationId} without a key`, (await tourist.ask(operation, target, { key: null })).status, status)
      continue
    }
    for (const key of [null, 'slk_0000000000000000000000000000000'])
      expectStatus(`${operation.operationId} with the key ${key}`, (await tourist.ask(operation, target, { body, key })).status, 401)
    for (const [role, key] of Object.entries(keys)) {
      if (ranks.indexOf(role) >= rankOf(operation)) continue
      expectStatus(`${operation.operationId} as ${role}`, (await tourist.ask(operation, target, { body, key })).status, 403)
    }
  }
}

// A request with something that is not described, or with the key of another one.
async function notAsDescribed(tourist, ids) {
  for (const operation of inOrder().filter((one) => !['signature', 'session'].includes(one['x-role']))) {
    const target = targetOf(operation, ids)
    const [body] = bodiesOf(operation)
    const refused = async (why, status, { where = target, ...what }) =>
      expectStatus(`${operation.operationId} ${why}`, (await tourist.ask(operation, where, what)).status, status)
    if (!operation['x-open-query']) await refused('with a stray parameter', 400, { where: `${target}?stray=1`, body })
    if (operation.requestBody) await withoutItsBody(operation, body, refused)
    else if (operation.method !== 'GET') await refused('with a body', 400, { body: '{}' })
    if (operation.method !== 'POST' || operation['x-role'] === 'none') continue
    await refused('with too long a key', 400, { body, headers: { 'Idempotency-Key': 'x'.repeat(201) } })
    const keptKey = { 'Idempotency-Key': 'of-the-tour' }
    // What acts for no operator, or changes nothing, keeps no answers with it: there the key has not been used.
    const actsForNone = ['simulate', 'preview_policies', 'create_operator', 'start_import', 'create_sign_on_provider'].includes(operation.operationId)
    if (!actsForNone) await refused("with another's key", 422, { body, headers: keptKey })
  }
}

async function withoutItsBody(operation, body, refused) {
  await refused('with half a body', 400, { body: '{"code": ' })
  await refused('with a stray member', 400, { body: '{"stray": 1}' })
  await refused('with a list', 400, { body: '[]' })
  await refused('with a text', 415, { body, headers: { 'Content-Type': 'text/plain' } })
  const limit = operation['x-body-limit'] ?? 1024 * 1024
  if (limit <= 4 * 1024 * 1024) await refused('with too large a body', 413, { body: ' '.repeat(limit + 1) })
}

const { exchanges } = await watched(startServer, program, description, async (url, key) => {
  const shell = new Shell()
  for (const { lines } of stepsOf(api.info.description)) await shell.run(pasted(lines, url, key))
  shell.end()
  const tourist = new Tourist(url, key)
  const keys = {}
  for (const role of ['viewer', 'clerk', 'owner']) {
    const body = JSON.stringify({ name: role, role, operator: 'greentower' })
    keys[role] = (await tourist.ask({ method: 'POST' }, '/api/v1/api-keys', { body })).json.key
  }
  const lost = await tourist.ask({ method: 'POST' }, '/api/v1/api-keys', {
    headers: { 'Idempotency-Key': 'of-the-tour' },
    body: '{"name": "lost", "role": "viewer"}',
  })
  const ids = await idsOf(tourist, lost.json.id)
  await withoutARight(tourist, ids, keys)
  await asDescribed(tourist, ids)
  await notAsDescribed(tourist, ids)
})
const seen = new Set(exchanges.map(({ operation }) => operation))
for (const { operationId } of description.operations)
  if (!seen.has(operationId)) wrongs.push(`${operationId} was not asked for`)
for (const wrong of wrongs) console.error(wrong)
if (wrongs.length > 0) process.exitCode = 1
if (process.exitCode) console.error('tour: not as openapi.yaml describes it')
else console.log(`tour: ${seen.size} operations, ${exchanges.length} answers, all as openapi.yaml describes them`)
