import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { difference, sum } from '../../parts/decimals'

type Head = Schema<'DocumentHead'>

export const buildingPath = (code: string) => `/buildings/${encodeURIComponent(code)}`

const most = 500

export interface Debt {
  open: string
  isOverdue: boolean
}

export interface Debts {
  of: Map<string | null, Debt>
  isComplete: boolean
}

// What is open of each unit; null stands for what belongs to none.
export function debtsOf(documents: Head[]): Map<string | null, Debt> {
  const by_unit = new Map<string | null, Head[]>()
  for (const document of documents) by_unit.set(document.unit, [...(by_unit.get(document.unit) ?? []), document])
  const debt = (heads: Head[]): Debt => ({
    open: sum(heads.map(({ total, paid }) => difference(total.amount, paid.amount))),
    isOverdue: heads.some(({ overdue }) => overdue),
  })
  return new Map([...by_unit].map(([unit, heads]) => [unit, debt(heads)]))
}

const openDocuments = (subscriber: string, state: 'issued' | 'partially_paid') =>
  answered(api.GET('/api/v1/documents', { params: { query: { subscriber, state, type: 'invoice', sort: 'due', limit: most } } }))

export const useDebts = (subscriber: string) =>
  useQuery({
    queryKey: ['building', subscriber, 'debts'],
    queryFn: async (): Promise<Debts> => {
      const pages = await Promise.all([openDocuments(subscriber, 'issued'), openDocuments(subscriber, 'partially_paid')])
      return { of: debtsOf(pages.flatMap(({ items }) => items)), isComplete: pages.every(({ next }) => next === null) }
    },
  })
