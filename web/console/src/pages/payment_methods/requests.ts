import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'

export type Method = Schema<'PaymentMethod'>
export type Gateway = Schema<'Gateway'>

export const methodPath = (code: string) => `/payment-methods/${encodeURIComponent(code)}`

export const useGateways = () =>
  useQuery({ queryKey: ['gateways'], queryFn: () => answered(api.GET('/api/v1/gateways', { params: { query: { limit: 500 } } })), staleTime: Infinity })
