import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'

export const paymentPath = (payment: string) => `/payments/${encodeURIComponent(payment)}`
export const documentPath = (number: string) => `/documents/${encodeURIComponent(number)}`

const most = 500

// GIVES: the codes of the payment methods that are in use.
export function useMethodCodes(): string[] {
  const { data } = useQuery({
    queryKey: ['payment-methods', 'codes'],
    queryFn: () => answered(api.GET('/api/v1/payment-methods', { params: { query: { limit: most } } })),
  })
  return data?.items.filter(({ enabled }) => enabled).map(({ code }) => code) ?? []
}
