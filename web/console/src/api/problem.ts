import type { Schema } from './types'

export type Fault = Schema<'Fault'>
type ProblemBody = Omit<Schema<'Problem'>, 'code'> & { code: string }

// An answer that is no success, as application/problem+json tells it. Everything that goes wrong becomes one of these.
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly instance: string
  readonly faults: Fault[]

  constructor(body: Pick<ProblemBody, 'status' | 'code' | 'detail'> & { instance?: string; errors?: Fault[] }) {
    super(`${body.code}: ${body.detail}`)
    this.status = body.status
    this.code = body.code
    this.detail = body.detail
    this.instance = body.instance ?? ''
    this.faults = body.errors ?? []
  }

  // What a form shows beside its fields. A form has one field where the API has "amount.amount": it gets the error too.
  fieldErrors(): Record<string, string> {
    const faults = this.faults.filter(({ where }) => where === 'body')
    return Object.fromEntries(faults.flatMap(({ field, message }) => [[field, message], [field.split('.')[0], message]]))
  }
}

export function problemOf(failure: unknown): ApiProblem {
  if (failure instanceof ApiProblem) return failure
  const detail = failure instanceof Error ? failure.message : String(failure)
  return new ApiProblem({ status: 0, code: failure instanceof TypeError ? 'unreachable' : 'unexpected', detail })
}

// A password or a code that is not the right one is answered with 401, too, and ends no session.
export const isSignedOut = (failure: unknown): boolean => failure instanceof ApiProblem && failure.code === 'not_authenticated'

const isBody = (body: unknown): body is ProblemBody => typeof body === 'object' && body !== null && 'code' in body

export async function problemIn(response: Response, body: unknown): Promise<ApiProblem> {
  if (isBody(body)) return new ApiProblem(body)
  return new ApiProblem({ status: response.status, code: 'unexpected', detail: response.statusText || 'no answer' })
}
