import { api, answered } from '../api/client'
import { isSignedOut } from '../api/problem'
import type { Schema } from '../api/types'

export type Role = Schema<'StaffRole'>
export type Grant = Schema<'SessionGrant'>
export type Session = Schema<'Session'>
export type Credentials = Schema<'SignIn'>

// GIVES: null when nobody is signed in.
export async function readSession(): Promise<Session | null> {
  try {
    return await answered(api.GET('/api/v1/session'))
  } catch (failure) {
    if (isSignedOut(failure)) return null
    throw failure
  }
}

export const signIn = (credentials: Credentials) => answered(api.POST('/api/v1/session', { body: credentials }))
export const signOut = () => answered(api.DELETE('/api/v1/session'))
export const readSignInOptions = () => answered(api.GET('/api/v1/sign-in-options'))
export const requestReset = (login: string) => answered(api.POST('/api/v1/password-reset-requests', { body: { login } }))
export const resetPassword = (token: string, password: string) => answered(api.POST('/api/v1/password-resets', { body: { token, password } }))
export const changePassword = (current: string, next: string) => answered(api.POST('/api/v1/session/password', { body: { current, new: next } }))
export const beginSecondFactor = () => answered(api.POST('/api/v1/session/second-factor', { body: {} }))
export const confirmSecondFactor = (code: string) => answered(api.POST('/api/v1/session/second-factor/confirm', { body: { code } }))
export const removeSecondFactor = (password: string) => answered(api.DELETE('/api/v1/session/second-factor', { body: { password } }))
