import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import { useSession } from '../../session/session'
import { filled } from '../../parts/filled'

// A count looks at one page of the list that it leads to; beyond that it says "or more".
const most = 100
// A debtor has a step for every document that is open: so many debtors make about as many steps.
const most_debtors = 10

interface Counted {
  count: number
  isMore: boolean
}

interface Listed {
  items: unknown[]
  next: string | null
}

const counted = ({ items, next }: Listed): Counted => ({ count: items.length, isMore: next !== null })

const lists = {
  parked: () => answered(api.GET('/api/v1/parked-accounts', { params: { query: { limit: most } } })),
  steps: () => filled({ limit: most_debtors }, (query) => answered(api.GET('/api/v1/collection-steps', { params: { query } }))),
  lines: () => answered(api.GET('/api/v1/bank-lines', { params: { query: { state: 'unmatched', limit: most } } })),
  payouts: () => answered(api.GET('/api/v1/payouts', { params: { query: { state: 'open', limit: most } } })),
  shifts: () => answered(api.GET('/api/v1/cash-shifts', { params: { query: { state: 'open', limit: most } } })),
  cheques: () => answered(api.GET('/api/v1/cheques', { params: { query: { state: 'received', limit: most } } })),
  overdue: () => answered(api.GET('/api/v1/documents', { params: { query: { overdue: true, limit: most } } })),
} satisfies Record<string, () => Promise<Listed>>

export type CountedList = keyof typeof lists

export function useCount(list: CountedList) {
  const { operator } = useSession()
  return useQuery({ queryKey: ['dashboard', 'count', operator?.code, list], queryFn: async () => counted(await lists[list]()) })
}
