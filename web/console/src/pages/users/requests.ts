import { useQuery } from '@tanstack/react-query'
import { api, answered, platformApi } from '../../api/client'
import type { Schema } from '../../api/types'
import { useSession } from '../../session/session'
import { type Asked, asQuery } from '../../ui/data_table/types'

export type User = Schema<'User'>
export type Provider = Schema<'SignOnProvider'>
export type UserGrant = Schema<'Grant'>
export interface MadeLink {
  name: string
  path: string
}

const of = (user: string) => ({ params: { path: { user } } })

const requestsBy = (by: typeof api) => ({
  list: (asked: Asked, signal?: AbortSignal) => answered(by.GET('/api/v1/users', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
  create: (user: Schema<'UserNew'>) => answered(by.POST('/api/v1/users', { body: user })),
  change: (user: string, change: Schema<'UserChange'>) => answered(by.PATCH('/api/v1/users/{user}', { ...of(user), body: change })),
  unlink: (user: string) => answered(by.DELETE('/api/v1/users/{user}/identities', of(user))),
  makeLink: (user: string, second_factor: boolean) => answered(by.POST('/api/v1/users/{user}/reset-link', { ...of(user), body: { second_factor } })),
})

const of_operator = requestsBy(api)
const of_platform = requestsBy(platformApi)

// An owner of the platform sees all users with all that they may; an owner of an operator those of the operator.
export const useUserRequests = () => (useSession().ownsPlatform ? of_platform : of_operator)

// Through whom people may sign on: the platform's business, also where an operator is chosen.
export const listProviders = (asked: Asked, signal?: AbortSignal) =>
  answered(platformApi.GET('/api/v1/sign-on-providers', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) }))
export const addProvider = (provider: Schema<'SignOnProviderNew'>) => answered(platformApi.POST('/api/v1/sign-on-providers', { body: provider }))
export const removeProvider = (provider: string) => answered(platformApi.DELETE('/api/v1/sign-on-providers/{provider}', { params: { path: { provider } } }))
export const linkedWith = (provider: string) => answered(platformApi.GET('/api/v1/users', { params: { query: { provider, limit: 500 } } }))

export const useProviders = () => {
  const { ownsPlatform } = useSession()
  return useQuery({ queryKey: ['sign-on-providers', 'all'], queryFn: () => listProviders({ limit: 500 }), enabled: ownsPlatform })
}
