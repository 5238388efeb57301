// Speaks Stripe's protocol as far as Sluice uses it, as its public documents describe it: form-encoded requests, answers
// and errors in JSON, idempotency keys. What payers and banks do, a test says; what the network does, too.
import { createServer } from 'node:http'
import { once } from 'node:events'

// As Stripe's test cards, by what their bank does without the holder.
const cards = {
  good: { brand: 'visa', last4: '4242' },
  declined: { brand: 'visa', last4: '0341', decline: { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' } },
  lost: { brand: 'visa', last4: '9987', decline: { code: 'card_declined', decline_code: 'lost_card', message: 'Your card was declined.' } },
  asks_holder: { brand: 'visa', last4: '3184', decline: { code: 'authentication_required', decline_code: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' } },
}

class Problem extends Error {
  constructor(status, error) {
    super(error.message)
    Object.assign(this, { status, error })
  }
}
const invalid = (message, code) => new Problem(400, { type: 'invalid_request_error', message, code })

// "a[b][0]=x" → {a: {b: ['x']}}
function decode(text) {
  const root = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const keys = name.replaceAll(']', '').split('[')
    let at = root
    keys.forEach((key, index) => {
      if (index === keys.length - 1) at[key] = value
      else at = at[key] ??= {}
    })
  }
  return root
}

const payPage = ({ amount_total, currency }) => `<!doctype html><html lang="en"><title>Checkout</title>
<h1>Pay ${(amount_total / 100).toFixed(2)} ${currency.toUpperCase()}</h1><form method="post"><button>Pay</button></form>`

export class StandIn {
  #server = createServer((request, response) => this.#receive(request, response))
  #objects = new Map()
  #answers = new Map() // by idempotency key
  #troubles = [] // {method, path, trouble}: of the next request there
  #count = 0
  requests = [] // {method, path, form, headers}
  tell = async () => {} // what hears of the event when somebody has paid on the page

  async start() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = this.#server.address().port
    this.url = `http://127.0.0.1:${this.port}`
    return this
  }
  stop() {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  // The next request of that kind: 'cut_before' it has an effect, 'cut_after' it, 'busy' (429), 'broken' (500), or
  // something that happens after its effect and before its answer.
  trouble(method, path, trouble) {
    this.#troubles.push({ method, path, trouble })
  }
  // What is sent over a connection that has been kept is sent once more, under the same key, when that is cut.
  cut(method, path, trouble) {
    this.trouble(method, path, trouble)
    this.trouble(method, path, trouble)
  }
  get(id) {
    return this.#objects.get(id)
  }
  paid() {
    return [...this.#objects.values()].filter((one) => one.object === 'payment_intent' && one.status === 'succeeded')
  }

  // In minor units.
  refunded(intent) {
    const of = [...this.#objects.values()].filter((one) => one.object === 'refund' && one.payment_intent === intent)
    return of.reduce((sum, { amount }) => sum + amount, 0)
  }

  // The payer pays on the page; even on one that has been closed, which Stripe itself does not let happen.
  pay(session, card = 'good') {
    const one = this.get(session)
    const method = this.#add('pm', 'payment_method', { type: 'card', customer: one.customer, card: this.#shown(card), stand_in: card })
    if (one.customer_creation === 'always' && !one.customer) {
      one.customer = this.#add('cus', 'customer', {}).id
      method.customer = one.customer
    }
    one.status = 'complete'
    if (one.mode === 'setup') {
      one.setup_intent = this.#add('seti', 'setup_intent', { status: 'succeeded', customer: one.customer, payment_method: method.id }).id
      one.payment_status = 'no_payment_required'
    } else {
      const intent = this.#add('pi', 'payment_intent', {
        amount: one.amount_total, amount_received: one.amount_total, currency: one.currency, status: 'succeeded',
        customer: one.customer, payment_method: method.id, metadata: one.intent_metadata ?? {},
      })
      one.payment_intent = intent.id
      one.payment_status = 'paid'
    }
    return this.event('checkout.session.completed', one)
  }
  close(session) {
    this.get(session).status = 'expired'
    return this.event('checkout.session.expired', this.get(session))
  }
  dispute(intent, status = 'needs_response') {
    const { amount, currency } = this.get(intent)
    return this.#add('dp', 'dispute', { amount, currency, payment_intent: intent, status })
  }
  // An event about the object as it is now.
  event(type, object) {
    return { id: this.#id('evt'), object: 'event', type, created: Math.floor(Date.now() / 1000), livemode: false, data: { object: structuredClone(object) } }
  }

  #id(prefix) {
    return `${prefix}_${prefix === 'cs' ? 'test_' : ''}${String(++this.#count).padStart(6, '0')}`
  }
  #add(prefix, object, members) {
    const one = { id: this.#id(prefix), object, ...members }
    this.#objects.set(one.id, one)
    return one
  }
  #shown(card) {
    return { brand: cards[card].brand, last4: cards[card].last4, exp_month: 12, exp_year: 2031 }
  }
  #found(id) {
    const one = this.get(id)
    if (!one) throw new Problem(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such object: '${id}'` })
    return one
  }

  async #receive(request, response) {
    const parts = []
    for await (const part of request) parts.push(part)
    const body = Buffer.concat(parts).toString()
    const { pathname: path, searchParams } = new URL(request.url, this.url)
    if (path.startsWith('/c/pay/')) return this.#showPage(request, response, path.split('/').at(-1))
    this.requests.push({ method: request.method, path, form: decode(body), headers: request.headers })
    const index = this.#troubles.findIndex((one) => one.method === request.method && one.path.test(path))
    const trouble = index < 0 ? null : this.#troubles.splice(index, 1)[0].trouble
    if (trouble === 'cut_before') return request.socket.destroy()
    const { status, json } =
      trouble === 'busy' ? { status: 429, json: { error: { type: 'rate_limit_error', message: 'Too many requests' } } }
      : trouble === 'broken' ? { status: 500, json: { error: { type: 'api_error', message: 'Something went wrong' } } }
      : this.#answer(request, path, searchParams, body)
    if (trouble === 'cut_after') return request.socket.destroy()
    if (typeof trouble === 'function') await trouble(json)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json))
  }

  // What the payer sees: who pays there comes back to where the session says, once its event has been told.
  async #showPage(request, response, id) {
    const session = this.get(id)
    if (session?.status !== 'open') return response.writeHead(404).end('This page is closed.')
    if (request.method === 'GET') return response.writeHead(200, { 'Content-Type': 'text/html' }).end(payPage(session))
    await this.tell(this.pay(id))
    response.writeHead(303, { Location: session.success_url }).end()
  }

  // The same key gets the same answer; with another request it is refused.
  #answer(request, path, search, body) {
    const key = request.headers['idempotency-key']
    const known = key && this.#answers.get(key)
    if (known && known.what !== `${path} ${body}`)
      return { status: 400, json: { error: { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same parameters they were first used with.' } } }
    if (known) return known.answer
    const answer = this.#carryOut(request, path, search, body)
    if (key) this.#answers.set(key, { what: `${path} ${body}`, answer: structuredClone(answer) })
    return answer
  }
  #carryOut(request, path, search, body) {
    try {
      if (!/^Bearer [sr]k_test_good/.test(request.headers.authorization ?? ''))
        throw new Problem(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' })
      const [, , ...steps] = path.split('/')
      const json = this.#route(request.method, steps.join('/'), decode(body))
      return { status: 200, json: this.#expanded(json, search.getAll('expand[]')) }
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      return { status: problem.status, json: { error: problem.error } }
    }
  }
  #expanded(object, paths) {
    const copy = structuredClone(object)
    for (const path of paths) {
      let at = copy
      for (const step of path.split('.')) {
        if (typeof at?.[step] === 'string') at[step] = structuredClone(this.#found(at[step]))
        at = at?.[step]
      }
    }
    return copy
  }

  #route(method, path, form) {
    const [collection, a, b] = path.startsWith('checkout/') ? ['sessions', ...path.split('/').slice(2)] : path.split('/')
    const routes = {
      'POST sessions': () => this.#openSession(form),
      'GET sessions/id': () => this.#found(a),
      'POST sessions/id/expire': () => this.#expireSession(a),
      'POST payment_intents': () => this.#createIntent(form),
      'GET payment_intents/id': () => this.#found(a),
      'POST payment_intents/id/confirm': () => this.#confirm(a),
      'POST payment_intents/id/cancel': () => this.#cancel(a),
      'POST refunds': () => this.#refund(form),
      'POST payment_methods/id/detach': () => Object.assign(this.#found(a), { customer: null }),
    }
    const route = routes[`${method} ${[collection, a && 'id', b].filter(Boolean).join('/')}`]
    if (!route) throw new Problem(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: /v1/${path})` })
    return route()
  }

  #openSession(form) {
    for (const name of ['mode', 'success_url']) if (!form[name]) throw invalid(`Missing required param: ${name}.`)
    const now = Math.floor(Date.now() / 1000)
    const expires_at = Number(form.expires_at)
    if (!(expires_at >= now + 1800 - 5 && expires_at <= now + 86_400)) throw invalid('expires_at must be between 30 minutes and 24 hours')
    const item = form.line_items?.[0]
    if (form.mode === 'payment' && !(Number(item?.price_data?.unit_amount) > 0)) throw invalid('Invalid integer')
    if (form.customer && form.customer_creation) throw invalid('You may only specify one of these parameters')
    const session = this.#add('cs', 'checkout.session', {
      mode: form.mode, status: 'open', payment_status: 'unpaid', url: null, customer: form.customer ?? null,
      customer_creation: form.customer_creation, client_reference_id: form.client_reference_id, metadata: form.metadata ?? {},
      amount_total: item ? Number(item.price_data.unit_amount) * Number(item.quantity) : null,
      currency: item?.price_data.currency ?? form.currency, payment_intent: null, setup_intent: null, expires_at,
      intent_metadata: form.payment_intent_data?.metadata,
    })
    session.url = `${this.url}/c/pay/${session.id}`
    session.success_url = form.success_url
    return session
  }
  #expireSession(id) {
    const session = this.#found(id)
    if (session.status !== 'open') throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.')
    return Object.assign(session, { status: 'expired' })
  }

  #createIntent(form) {
    if (form.off_session && !form.confirm) throw invalid('off_session can only be set when confirm is true')
    const method = this.#found(form.payment_method)
    if (method.customer !== form.customer) throw invalid('The PaymentMethod does not belong to the Customer')
    return this.#add('pi', 'payment_intent', {
      amount: Number(form.amount), amount_received: 0, currency: form.currency, status: 'requires_confirmation',
      customer: form.customer, payment_method: form.payment_method, metadata: form.metadata ?? {}, last_payment_error: null,
    })
  }
  #confirm(id) {
    const intent = this.#found(id)
    if (intent.status !== 'requires_confirmation' && intent.status !== 'requires_payment_method')
      throw invalid(`This PaymentIntent could not be confirmed because it has a status of ${intent.status}.`, 'payment_intent_unexpected_state')
    const { decline } = cards[this.get(intent.payment_method).stand_in]
    if (!decline) return Object.assign(intent, { status: 'succeeded', amount_received: intent.amount })
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error: { type: 'card_error', ...decline } })
    throw new Problem(402, { type: 'card_error', ...decline, payment_intent: structuredClone(intent) })
  }
  #cancel(id) {
    const intent = this.#found(id)
    if (intent.status === 'succeeded' || intent.status === 'canceled')
      throw invalid(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`, 'payment_intent_unexpected_state')
    return Object.assign(intent, { status: 'canceled' })
  }
  #refund(form) {
    const intent = this.#found(form.payment_intent)
    const amount = Number(form.amount ?? intent.amount)
    intent.refunded = (intent.refunded ?? 0) + amount
    if (intent.refunded > intent.amount_received) throw invalid('Refund amount is greater than unrefunded amount on charge')
    return this.#add('re', 'refund', { amount, currency: intent.currency, payment_intent: intent.id, status: 'succeeded', metadata: form.metadata ?? {} })
  }
}
