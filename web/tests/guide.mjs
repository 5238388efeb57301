// node guide.mjs SLUICE: the command lines of the guide at the beginning of openapi.yaml, as somebody would paste them into
// a shell, one step after the other against a fresh server. Each must be granted, each answer be as it is described, and
// what the guide promises in a step must be what comes out there.
import { fileURLToPath } from 'node:url'
import { Description } from './description.mjs'
import { startServer } from './server.mjs'
import { pasted, Shell, stepsOf } from './steps.mjs'
import { watched } from './watcher.mjs'

const [program, file = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))] = process.argv.slice(2)
const description = new Description(file)

function mustBe(what, is, wanted) {
  if (JSON.stringify(is) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(is)}, but it must be ${JSON.stringify(wanted)}`)
}

// What a step's requests must have brought, by operationId; amounts that come must be in its words.
const promises = {
  1: { health_ready: ({ status }) => [status === 'ok'], get_key: ({ role, operator }) => [role === 'owner' && operator === null] },
  5: { add_sub_service: ({ charges }) => [charges.length === 3, ...charges.map(({ total }) => total)] },
  6: { add_sub_service: ({ status, next_billing_date }) => [status === 'active', next_billing_date] },
  8: {
    list_documents: ({ items }) => [items.length === 2, ...items.map(({ total }) => total)],
    get_document: ({ number, lines }) => [number === 'INV-2026-000001', lines.length === 2],
  },
  9: { explain_line: ({ agrees, steps }) => [agrees, ...steps.filter(({ label }) => label === 'gross').map(({ value }) => value)] },
  10: {
    record_payment: ({ paid }) => [paid.length === 1, paid[0]?.number === 'INV-2026-000001'],
    get_statement: ({ items, balance }) => [items.length === 3, balance],
  },
}

function checkPromises({ number, words }, exchanges) {
  for (const { method, target, status } of exchanges)
    if (status >= 300) throw new Error(`step ${number}: ${method} ${target} is answered with ${status}`)
  for (const [operation, look] of Object.entries(promises[number] ?? {})) {
    const exchange = exchanges.findLast((one) => one.operation === operation)
    if (!exchange) throw new Error(`step ${number} does not ask for ${operation}`)
    for (const found of look(JSON.parse(exchange.answer))) {
      const amount = typeof found === 'object' ? `${found.amount} ${found.currency}` : found
      if (typeof amount === 'string' && !words.includes(amount))
        throw new Error(`step ${number} says nothing of ${amount}, which comes out: ${exchange.answer}`)
      if (amount === false) throw new Error(`step ${number}: ${operation} gives ${exchange.answer}`)
    }
  }
}

const steps = stepsOf(description.api.info.description)
mustBe('the numbers of the steps', steps.map(({ number }) => number), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
const { exchanges } = await watched(startServer, program, description, async (url, key, all) => {
  const shell = new Shell()
  try {
    for (const step of steps) {
      const before = all.length
      const output = await shell.run(pasted(step.lines, url, key))
      console.log(`--- ${step.words.slice(0, 60)}\n${output}`)
      if (all.length === before) throw new Error(`step ${step.number} asks for nothing`)
      checkPromises(step, all.slice(before))
    }
  } finally {
    shell.end()
  }
})
if (process.exitCode) console.error('guide: not as openapi.yaml describes it')
else console.log(`guide: ${steps.length} steps, ${exchanges.length} requests, all as promised`)
