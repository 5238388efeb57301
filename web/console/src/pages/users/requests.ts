import type { Page } from '../../api/types'
import { ask, queryOf } from '../../parts/untyped'
import type { Role } from '../../session/requests'
import type { Asked } from '../../ui/data_table/types'

export interface UserGrant {
  operator: string | null
  role: Role
}

export interface User {
  id: string
  login: string
  name: string
  language: string
  two_factor: boolean
  grants: UserGrant[]
  disabled: boolean
  created_at: string
  last_signed_in_at: string | null
}

export interface OneTimeLink {
  reset_path: string | null
}

type UserNew = Pick<User, 'login' | 'name' | 'language' | 'grants'>
type UserChange = Partial<Pick<User, 'name' | 'language' | 'grants' | 'disabled'>>

export const listUsers = (asked: Asked) => ask<Page<User>>('GET', `/users?${queryOf(asked)}`)
export const createUser = (user: UserNew) => ask<User & OneTimeLink>('POST', '/users', user)
export const changeUser = (user: string, change: UserChange) => ask<User>('PATCH', `/users/${encodeURIComponent(user)}`, change)
export const makeLink = (user: string, second_factor: boolean) => ask<OneTimeLink>('POST', `/users/${encodeURIComponent(user)}/reset-link`, { second_factor })
