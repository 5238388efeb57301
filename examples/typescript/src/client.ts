import { randomUUID } from 'node:crypto'
import createClient, { type Middleware } from 'openapi-fetch'
import type { components, paths } from './api.js'

export type Problem = components['schemas']['Problem']

// What the server said when it refused: decide by `problem.code`, show `problem.detail`.
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}${faults(problem)} (request ${problem.instance})`)
  }
}

function faults(problem: Problem): string {
  return (problem.errors ?? []).map(({ where, field, message }) => `\n  ${where} ${field}: ${message}`).join('')
}

// Every POST can be sent again without being carried out again. A caller may bring a key that means something, such as
// an order number; it survives a restart of this program.
const idempotency: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key'))
      request.headers.set('Idempotency-Key', randomUUID())
    return request
  },
}

// `operator`: the one that a platform key acts for.
export function connect(baseUrl: string, key: string, operator?: string) {
  const headers: Record<string, string> = { Authorization: `Bearer ${key}` }
  if (operator !== undefined) headers['Sluice-Operator'] = operator
  const client = createClient<paths>({ baseUrl, headers })
  client.use(idempotency)
  return client
}
export type Client = ReturnType<typeof connect>

// The answer, or an exception: `const tax = await ask(client.POST(…))`.
export async function ask<Data>(call: Promise<{ data?: Data; error?: Problem; response: Response }>): Promise<Data> {
  const { data, error, response } = await call
  if (error !== undefined) throw new Refused(error)
  if (data === undefined) throw new Error(`${response.status} without an answer from ${response.url}`)
  return data
}

// All items of a list, page by page.
export async function* pages<Item>(
  page: (cursor: { cursor?: string }) => Promise<{ items: Item[]; next: string | null }>,
): AsyncGenerator<Item> {
  let cursor: { cursor?: string } = {}
  for (;;) {
    const { items, next } = await page(cursor)
    yield* items
    if (next === null) return
    cursor = { cursor: next }
  }
}

export async function collect<Item>(items: AsyncGenerator<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

// Starts a bill run and waits until it has ended.
export async function bill(client: Client, through: string) {
  let run = await ask(client.POST('/api/v1/bill-runs', { body: { through } }))
  while (run.state === 'queued' || run.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 200))
    run = await ask(client.GET('/api/v1/bill-runs/{bill_run}', { params: { path: { bill_run: run.id } } }))
  }
  if (run.state !== 'finished') throw new Error(`The bill run is ${run.state}: ${run.error ?? 'no reason given'}`)
  return run
}
