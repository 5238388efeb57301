// node --test: the comparison with openapi.yaml finds what it is there to find.
import assert from 'node:assert/strict'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { Description, codesByStatus } from './description.mjs'

const description = new Description(fileURLToPath(new URL('../../openapi.yaml', import.meta.url)))
const headers = { 'content-type': 'application/json', 'x-request-id': '5f0c' }
const balances = { method: 'GET', target: '/api/v1/balances?limit=2', body: '' }
const balance = { subscriber: 'greentower', name: 'GreenTower', balance: { amount: '-30.00', currency: 'USD' } }
const page = (item) => JSON.stringify({ items: [item], next: null })
const fine = { status: 200, headers, body: page(balance) }

const faultsOf = (request, answer) => description.faults({ ...balances, ...request }, { ...fine, ...answer }).join('\n')
const problem = (change) => ({
  headers: { ...headers, 'content-type': 'application/problem+json' },
  status: 404,
  body: JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail: 'gone', code: 'not_found', instance: '5f0c', ...change }),
})

test('what is as it is described has no faults', () => {
  assert.equal(faultsOf({}, {}), '')
  assert.equal(faultsOf({}, problem({})), '')
  assert.equal(faultsOf({ target: '/nowhere' }, problem({})), '')
})

test('a body that differs is found', () => {
  assert.match(faultsOf({}, { body: page({ ...balance, stray: 1 }) }), /additional properties/)
  assert.match(faultsOf({}, { body: page({ ...balance, name: undefined }) }), /required property 'name'/)
  assert.match(faultsOf({}, { body: page({ ...balance, balance: { amount: -30, currency: 'USD' } }) }), /must be string/)
  assert.match(faultsOf({}, { body: page({ ...balance, balance: { amount: '-30.', currency: 'USD' } }) }), /format "decimal"/)
  assert.match(faultsOf({}, { body: page({ ...balance, balance: { amount: '-30.00', currency: 'XXQ' } }) }), /format "currency"/)
})

test('a status, header or type that differs is found', () => {
  assert.match(faultsOf({}, { status: 201 }), /status is not described/)
  assert.match(faultsOf({}, { headers: { 'content-type': 'application/json' } }), /X-Request-Id is missing/)
  assert.match(faultsOf({}, { headers: { ...headers, 'content-type': 'text/html' } }), /"text\/html" is not described/)
  assert.match(faultsOf({ target: '/api/v1/nowhere' }, {}), /nothing like it/)
})

test('a request that was let through is found', () => {
  assert.match(faultsOf({ target: '/api/v1/balances?stray=1' }, {}), /parameter stray/)
  assert.match(faultsOf({ body: '{}' }, {}), /a body is not described/)
  const payment = { method: 'POST', target: '/api/v1/payments', body: '{"subscriber": "a", "amount": 1}' }
  assert.match(faultsOf(payment, {}), /body was let through: \/amount must be object/)
})

test('a problem that differs is found', () => {
  assert.match(faultsOf({}, problem({ status: 400 })), /its status is 400/)
  assert.match(faultsOf({}, problem({ instance: 'other' })), /names another request/)
  assert.match(faultsOf({}, problem({ code: 'busy' })), /does not know busy/)
  assert.match(faultsOf({}, problem({ code: 'news' })), /allowed values/)
})

test('the table of errors and the codes that there are name the same', () => {
  const inTable = new Set([...codesByStatus(description.api.info.description).values()].flatMap((codes) => [...codes]))
  assert.deepEqual([...inTable].sort(), [...description.api.components.schemas.ProblemCode.enum].sort())
})
