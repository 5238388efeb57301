// node notifications.mjs SLUICE: webhooks and e-mail as others receive them. Webhooks are verified by the library of Standard
// Webhooks, mail is taken by a mail server that wants STARTTLS and a login, and read by another program.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { freePort, startServer } from './server.mjs'

const [program] = process.argv.slice(2)
const patience_ms = 20_000
const directory = mkdtempSync(join(tmpdir(), 'sluice-mail-'))

async function until(what, found) {
  for (const end = Date.now() + patience_ms; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    const value = await found()
    if (value) return value
  }
  throw new Error(`${what} does not come`)
}

// A certificate for localhost that signs itself.
function certificate(name) {
  const [key, file] = [join(directory, `${name}.key`), join(directory, `${name}.pem`)]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', file], { stdio: 'ignore' })
  return { key, file }
}

async function startMailServer({ key, file }) {
  const child = spawn('/usr/bin/python3', ['-W', 'ignore', fileURLToPath(new URL('mail/smtp_server.py', import.meta.url)), file, key],
    { stdio: ['ignore', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })
  const messages = []
  let port
  lines.on('line', (line) => (port ? messages.push(JSON.parse(line)) : (port = Number(line))))
  await until('the port of the mail server', () => port)
  return { port, messages, stop: () => child.kill('SIGKILL') }
}

async function startReceiver() {
  const requests = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    requests.push({ headers: request.headers, body })
    response.end('ok')
  }).listen(0, '127.0.0.1')
  await until('the receiver', () => server.listening)
  return { url: `http://127.0.0.1:${server.address().port}/hook`, requests, stop: () => server.close() }
}

const trusted = certificate('trusted')
const other = certificate('other')
const mail = await startMailServer(trusted)
const untrusted = await startMailServer(other)
const receiver = await startReceiver()
const port = await freePort()
const environment = { SSL_CERT_FILE: trusted.file, SLUICE_PRIVATE_WEBHOOKS: 'allow', SLUICE_PUBLIC_URL: `http://127.0.0.1:${port}` }
let sluice = await startServer(program, environment, null, port)

async function ask(method, path, body, status = 200) {
  const reply = await fetch(`${sluice.url}/api/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${sluice.key}`, 'Content-Type': 'application/json', 'Sluice-Operator': 'metro' },
    body: body && JSON.stringify(body),
  })
  const text = await reply.text()
  assert.equal(reply.status, status, `${method} ${path}: ${text}`)
  return text ? JSON.parse(text) : null
}

const settings = (more) => ({ host: 'localhost', port: mail.port, username: 'metro', from_name: 'Fibra Ñandú',
  from_address: 'billing@metro.example', reply_to: 'help@metro.example', ...more })
const pay = (subscriber, amount) =>
  ask('POST', 'payments', { subscriber, amount: { amount, currency: 'EUR' }, method: 'cash' }, 201)
const messagesOf = async (subscriber) => (await ask('GET', `subscribers/${subscriber}/messages`)).items
const messageIn = (state, subscriber) =>
  until(`a message that is ${state}`, async () => (await messagesOf(subscriber)).find((one) => one.state === state))
const mailTo = (address) => until(`mail to ${address}`, () => mail.messages.find((one) => one.to[0] === address))

const tests = {
  async 'a webhook is what the library of Standard Webhooks takes, by the old and the new secret'() {
    const made = await ask('POST', 'webhook-endpoints', { url: receiver.url, event_types: ['payment.recorded'] }, 201)
    await pay('ann', '1.00')
    const { headers, body } = await until('a webhook', () => receiver.requests[0])
    const event = new Webhook(made.secret).verify(body, headers)
    assert.equal(event.type, 'payment.recorded')
    assert.throws(() => new Webhook(made.secret).verify(body.replace('ann', 'bob'), headers))
    const rotated = await ask('POST', `webhook-endpoints/${made.id}/rotate-secret`)
    await ask('POST', `webhook-endpoints/${made.id}/test`, undefined, 201)
    const test = await until('a test', () => receiver.requests[1])
    for (const secret of [made.secret, rotated.secret]) assert.equal(new Webhook(secret).verify(test.body, test.headers).type, 'webhook.test')
  },
  async 'before it is set up nothing is sent, and that is said'() {
    await ask('GET', 'mail-settings', undefined, 404)
    await ask('POST', 'mail-settings/test', { to: 'ada@example.com' }, 422)
    assert.deepEqual(await messagesOf('ann'), [])
  },
  async 'a test message goes over STARTTLS, with a login'() {
    const set = await ask('PUT', 'mail-settings', settings({ password: 's3cret', language: 'de' }))
    assert.equal(set.has_password, true)
    assert.equal(JSON.stringify(set).includes('s3cret'), false)
    assert.deepEqual(set.kinds, [
      'document_issued',
      'payment_reminder',
      'payment_received',
      'sub_service_suspended',
      'pro_forma_issued',
      'pro_forma_reminder',
      'automatic_payment_above_cap',
      'automatic_payment_declined',
      'automatic_payment_stopped'
    ])
    await ask('POST', 'mail-settings/test', { to: 'ada@example.com' })
    const taken = await mailTo('ada@example.com')
    assert.equal(taken.tls, true)
    assert.equal(taken.from, 'billing@metro.example')
    assert.deepEqual(taken.defects, [])
  },
  async 'a wrong password and a certificate that nobody knows are told'() {
    await ask('PUT', 'mail-settings', settings({ password: 'wrong' }))
    const login = await ask('POST', 'mail-settings/test', { to: 'ada@example.com' }, 422)
    assert.match(login.detail, /535|[Ll]ogin/)
    await ask('PUT', 'mail-settings', settings({ port: untrusted.port, password: 's3cret' }))
    const stranger = await ask('POST', 'mail-settings/test', { to: 'ada@example.com' }, 422)
    assert.match(stranger.detail, /certificate/)
    const moved = await ask('PUT', 'mail-settings', settings())
    assert.equal(moved.has_password, false, 'a password stays with its server')
    await ask('PUT', 'mail-settings', settings({ password: 's3cret', language: 'de' }))
  },
  async 'a payment is told in the language of the subscriber, decoded as it was meant'() {
    await ask('PATCH', 'subscribers/ann', { email: 'ann@example.com', language: 'de-AT', contact: 'Änne Łoś {{balance}}' })
    await pay('ann', '50.00')
    const taken = await mailTo('ann@example.com')
    assert.deepEqual(taken.defects, [])
    assert.equal(taken.headers.Subject, 'Métro: Ihre Zahlung über 50.00 EUR')
    assert.equal(taken.headers.From, 'Fibra Ñandú <billing@metro.example>')
    assert.equal(taken.headers['Reply-To'], 'help@metro.example')
    assert.equal(taken.headers['Auto-Submitted'], 'auto-generated')
    assert.match(taken.body, /Guten Tag Änne Łoś \{\{balance\}\},\n\nvielen Dank für Ihre Zahlung über 50.00 EUR am /)
    const sent = await messageIn('sent', 'ann')
    const shown = await ask('GET', `subscribers/ann/messages/${sent.id}`)
    assert.equal(shown.body, taken.body)
    assert.equal(taken.headers['Message-ID'], `<${sent.id}@metro.example>`)
  },
  async 'what the server refuses is refused at once, what it puts off comes later, and who has no address is seen'() {
    await ask('POST', 'subscribers', { code: 'never', contact: 'N', email: 'never@example.com' }, 201)
    await ask('POST', 'subscribers', { code: 'later', contact: 'L', email: 'later@example.com', language: 'en' }, 201)
    for (const code of ['never', 'later', 'bob']) await pay(code, '2.00')
    assert.match((await messageIn('refused', 'never')).reason, /550|nobody of that name/)
    assert.equal((await messageIn('no_address', 'bob')).to, '')
    const waits = await messageIn('waiting', 'later')
    assert.match((await until('a failure', async () => (await messagesOf('later')).find((one) => one.attempts > 0))).reason, /451|come again/)
    const taken = await mailTo('later@example.com')
    assert.equal(taken.headers['Message-ID'], `<${waits.id}@metro.example>`)
    assert.equal((await messageIn('sent', 'later')).attempts, 2)
  },
  async 'a message is sent again to the address of today'() {
    const [first] = await messagesOf('bob')
    await ask('POST', `subscribers/bob/messages/${first.id}/resend`, undefined, 422)
    await ask('PATCH', 'subscribers/bob', { email: 'bob@example.com' })
    const again = await ask('POST', `subscribers/bob/messages/${first.id}/resend`, undefined, 201)
    const taken = await mailTo('bob@example.com')
    assert.equal(taken.headers['Message-ID'], `<${again.id}@metro.example>`)
    assert.equal((await messageIn('sent', 'bob')).event, null)
  },
  async 'an operator has words of its own, with the placeholders that there are'() {
    const path = 'message-templates/payment_received/en'
    const wrong = await ask('PUT', path, { subject: 'x', body: '{{amuont}}' }, 400)
    assert.match(JSON.stringify(wrong), /\{\{amuont\}\}, which is not known here; there are \{\{subscriber_name\}\}/)
    await ask('PUT', path, { subject: 'Got {{amount}}', body: 'Thanks, {{subscriber_name}}!\n.\n' })
    const preview = await ask('POST', `${path}/preview`, { subscriber: 'later' })
    assert.deepEqual(preview, { language: 'en', subject: 'Got 2.00 EUR', body: 'Thanks, L!\n.\n' })
    await pay('later', '3.00')
    const taken = await until('the operator\'s words', () => mail.messages.find((one) => one.headers.Subject === 'Got 3.00 EUR'))
    assert.equal(taken.body, 'Thanks, L!\n.\n')
    assert.equal((await ask('GET', 'message-templates?limit=500')).items.filter((one) => one.own).length, 1)
    await ask('DELETE', path, undefined, 204)
    await ask('DELETE', path, undefined, 404)
  },
  async 'whoever has forgotten the password gets a link that works, once'() {
    await ask('POST', 'users', { login: 'pat@metro.example', name: 'Pat', grants: [{ operator: 'metro', role: 'clerk' }] }, 201)
    const answers = []
    for (const login of ['nobody@metro.example', 'Pat@Metro.example']) answers.push(await ask('POST', 'password-reset-requests', { login }, 202))
    assert.deepEqual(answers[0], answers[1], 'nobody learns who is a user')
    const taken = await mailTo('pat@metro.example')
    assert.equal(taken.tls, true)
    assert.deepEqual(taken.defects, [])
    const [link] = /https?:\S+/.exec(taken.body)
    assert.ok(link.startsWith(`${environment.SLUICE_PUBLIC_URL}/console/reset#`), link)
    const page = await fetch(link)
    assert.equal(page.status, 200)
    assert.match(page.headers.get('content-type'), /^text\/html/)
    const sign_in = { login: 'pat@metro.example', password: 'seven green horses' }
    await ask('POST', 'session', sign_in, 401)
    const reset = { token: new URL(link).hash.slice(1), password: sign_in.password }
    await ask('POST', 'password-resets', reset, 204)
    assert.equal((await ask('POST', 'session', sign_in, 201)).user.login, 'pat@metro.example')
    assert.equal((await ask('POST', 'password-resets', reset, 422)).code, 'reset_token_not_valid')
    assert.ok(!mail.messages.some((one) => one.to[0] === 'nobody@metro.example'))
  },
  async 'a kind that is switched off is not sent'() {
    await ask('PUT', 'mail-settings', settings({ kinds: ['document_issued'] }))
    const before = (await messagesOf('later')).length
    await pay('later', '4.00')
    await new Promise((go) => setTimeout(go, 1_500))
    assert.equal((await messagesOf('later')).length, before)
    await ask('PUT', 'mail-settings', settings({ kinds: ['no_such_kind'] }), 400)
  },
  async 'killed while it sends, it loses no message, and what comes twice has the same id'() {
    await ask('PUT', 'mail-settings', settings({ kinds: ['payment_received'], enabled: false }))
    const codes = Array.from({ length: 200 }, (_, i) => `k${i}`)
    for (const code of codes) {
      await ask('POST', 'subscribers', { code, contact: code, email: `${code}@example.com` }, 201)
      await pay(code, '1.00')
    }
    const before = mail.messages.length
    await ask('PUT', 'mail-settings', settings({ kinds: ['payment_received'] }))
    for (let killed = 0; killed < 3; ++killed) {
      const now = mail.messages.length
      await until('some mail', () => mail.messages.length > now + 20 || mail.messages.length >= before + codes.length)
      await sluice.kill()
      sluice = await startServer(program, environment, sluice)
    }
    const ids = (code) => new Set(mail.messages.filter((one) => one.to[0] === `${code}@example.com`).map((one) => one.headers['Message-ID']))
    await until('all mail', () => codes.every((code) => ids(code).size > 0))
    for (const code of codes) assert.equal(ids(code).size, 1)
    console.log(`   ${codes.length} messages, ${mail.messages.length - before - codes.length} of them twice`)
  },
}

let failed = 0
try {
  await ask('POST', 'operators', { code: 'metro', name: 'Métro', currency: 'EUR', time_zone: 'Europe/Vienna' }, 201)
  for (const code of ['ann', 'bob']) await ask('POST', 'subscribers', { code, contact: code }, 201)
  for (const [what, test] of Object.entries(tests)) {
    try {
      await test()
      console.log(`ok ${what}`)
    } catch (failure) {
      ++failed
      console.log(`NOT ok ${what}\n${failure.stack}`)
    }
  }
} finally {
  receiver.stop()
  mail.stop()
  untrusted.stop()
  if ((await sluice.stop()) !== 0) ++failed
  rmSync(directory, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)
