import { problemIn } from '../api/problem'
import { actingFor } from './acting_for'

export type Role = 'viewer' | 'clerk' | 'owner'

export interface Grant {
  operator: string | null
  operator_name: string | null
  role: Role
}

export interface Session {
  user: { id: string; login: string; name: string; language: string; two_factor: boolean }
  grants: Grant[]
  csrf_token: string
  expires_at: string
}

export interface SignInOptions {
  oidc: { name: string; url: string }[]
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = {}
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['Sluice-CSRF'] = actingFor().csrfToken
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    body: body === undefined ? null : JSON.stringify(body),
  })
  if (!response.ok) throw await problemIn(response, await response.json().catch(() => null))
  return response
}

// GIVES: null when nobody is signed in.
export async function readSession(): Promise<Session | null> {
  const response = await fetch('/api/v1/session', { credentials: 'same-origin' })
  if (response.status === 401) return null
  if (!response.ok) throw await problemIn(response, await response.json().catch(() => null))
  return (await response.json()) as Session
}

export interface Credentials {
  login: string
  password: string
  code?: string
}

export const signIn = async (credentials: Credentials) =>
  (await (await send('POST', '/session', credentials)).json()) as Session
export const signOut = () => send('DELETE', '/session')
export const readSignInOptions = async () => (await (await send('GET', '/sign-in-options')).json()) as SignInOptions
export const requestReset = (login: string) => send('POST', '/password-reset-requests', { login })
export const resetPassword = (token: string, password: string) => send('POST', '/password-resets', { token, password })
export const changePassword = (current: string, next: string) => send('POST', '/session/password', { current, new: next })
export const beginSecondFactor = async () =>
  (await (await send('POST', '/session/second-factor', {})).json()) as { secret: string; uri: string }
export const confirmSecondFactor = async (code: string) =>
  (await (await send('POST', '/session/second-factor/confirm', { code })).json()) as { recovery_codes: string[] }
export const removeSecondFactor = (password: string) => send('DELETE', '/session/second-factor', { password })
