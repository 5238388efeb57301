import { type QueryClient, useQuery } from '@tanstack/react-query'
import { api, answered, answeredWithTag } from '../../api/client'
import type { Schema } from '../../api/types'

export type Subscriber = Schema<'Subscriber'>
export type SubService = Schema<'SubService'>
export type Item = Schema<'Item'>
export type Unit = Schema<'Unit'>
export type Line = Schema<'Line'>
export type DocumentHead = Schema<'DocumentHead'>
export type Funds = Schema<'Funds'>

const most = 500
const keyOf = (subscriber: string, part: string) => ['subscriber', subscriber, part] as const

// After a command everything about the subscriber may be another: it is cheap to ask again, and wrong not to.
export async function forgetSubscriber(queries: QueryClient, subscriber: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['subscriber', subscriber] }),
    queries.invalidateQueries({ queryKey: ['subscribers'] }),
    queries.invalidateQueries({ queryKey: ['document'] }),
  ])
}

export const useSubscriber = (subscriber: string) =>
  useQuery({
    queryKey: keyOf(subscriber, 'head'),
    queryFn: () => answeredWithTag(api.GET('/api/v1/subscribers/{subscriber}', { params: { path: { subscriber } } })),
  })

export const useFunds = (subscriber: string) =>
  useQuery({
    queryKey: keyOf(subscriber, 'funds'),
    queryFn: () => answered(api.GET('/api/v1/subscribers/{subscriber}/funds', { params: { path: { subscriber } } })),
  })

export const useUnits = (subscriber: string) =>
  useQuery({
    queryKey: keyOf(subscriber, 'units'),
    queryFn: () =>
      answered(api.GET('/api/v1/subscribers/{subscriber}/units', { params: { path: { subscriber }, query: { limit: most } } })),
  })

export const readSubServices = (subscriber: string) =>
  answered(
    api.GET('/api/v1/subscribers/{subscriber}/sub-services', { params: { path: { subscriber }, query: { limit: most } } }),
  )

export const useSubServices = (subscriber: string) =>
  useQuery({ queryKey: keyOf(subscriber, 'sub_services'), queryFn: () => readSubServices(subscriber) })

export const usePendingLines = (subscriber: string) =>
  useQuery({
    queryKey: keyOf(subscriber, 'pending_lines'),
    queryFn: () =>
      answered(
        api.GET('/api/v1/subscribers/{subscriber}/pending-lines', { params: { path: { subscriber }, query: { limit: most } } }),
      ),
  })

export const useDocument = (document: string, enabled = true) =>
  useQuery({
    queryKey: ['document', document],
    queryFn: () => answered(api.GET('/api/v1/documents/{document}', { params: { path: { document } } })),
    enabled,
  })
