import createClient, { type Middleware } from 'openapi-fetch'
import { actingFor } from '../session/acting_for'
import { problemIn } from './problem'
import { takeUp, settle } from './idempotency'
import type { paths } from './schema'

const changes = (method: string) => method !== 'GET' && method !== 'HEAD'

// A preview changes nothing: it may be asked as often as one likes, and no answer has to be kept for it.
const isWish = ({ method, url }: Request) => method === 'POST' && new URL(url).searchParams.get('preview') !== 'true'

// What each request bears beside the session's cookie.
const bearing = (isForOperator: boolean): Middleware => ({
  async onRequest({ request }) {
    const { operator, csrfToken } = actingFor()
    if (operator && isForOperator) request.headers.set('Sluice-Operator', operator)
    if (changes(request.method)) request.headers.set('Sluice-CSRF', csrfToken)
    if (isWish(request)) request.headers.set('Idempotency-Key', await takeUp(request))
    return request
  },
  async onResponse({ request, response }) {
    if (isWish(request)) settle(request)
    return response
  },
})

export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })
api.use(bearing(true))

// For what is done to the whole installation, by somebody who may.
export const platformApi = createClient<paths>({ baseUrl: '', credentials: 'same-origin' })
platformApi.use(bearing(false))

interface Asked<Data> {
  data?: Data
  error?: unknown
  response: Response
}

// GIVES: what was answered; anything but a success is thrown as an ApiProblem.
export async function answered<Data>(asked: Promise<Asked<Data>>): Promise<Data> {
  const { data, error, response } = await asked
  if (!response.ok) throw await problemIn(response, error)
  return data as Data
}

// The same with the ETag, to be sent back with a change.
export async function answeredWithTag<Data>(asked: Promise<Asked<Data>>): Promise<{ data: Data; etag: string }> {
  const { data, error, response } = await asked
  if (!response.ok) throw await problemIn(response, error)
  return { data: data as Data, etag: response.headers.get('ETag') ?? '' }
}
