import { problemIn } from '../api/problem'
import { actingFor } from '../session/acting_for'

// For operations that a server may describe later than this console: without types of their own.
export async function ask<Data>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Data> {
  const { operator, csrfToken } = actingFor()
  const headers = new Headers()
  if (operator) headers.set('Sluice-Operator', operator)
  if (method !== 'GET') headers.set('Sluice-CSRF', csrfToken)
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  const response = await fetch(`/api/v1${path}`, { method, headers, credentials: 'same-origin', body: body === undefined ? null : JSON.stringify(body) })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw await problemIn(response, answer)
  return answer as Data
}

export function queryOf(asked: Record<string, string | number | undefined>): string {
  const given = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]))
  return new URLSearchParams(given).toString()
}
