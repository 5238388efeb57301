import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Asked, Filter } from './types'

export interface ListState {
  filters: Record<string, string>
  sort: string | undefined
  isFiltered: boolean
  setFilter: (id: string, value: string) => void
  setSort: (sort: string | undefined) => void
  clear: () => void
  asked: Omit<Asked, 'limit' | 'cursor'>
  address: string
  show: (address: string) => void
}

// What a list shows stands in the address, so that it can be sent to a colleague and comes back with the back button.
export function useListState(known: Filter[]): ListState {
  const [params, setParams] = useSearchParams()
  return useMemo(() => {
    const set = (name: string, value: string | undefined) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before)
          if (value) after.set(name, value)
          else after.delete(name)
          return after
        },
        { replace: true },
      )
    const filters = Object.fromEntries(known.map(({ id }) => [id, params.get(id) ?? '']))
    const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
    const sort = params.get('sort') ?? undefined
    return {
      filters,
      sort,
      isFiltered: Object.keys(given).length > 0,
      setFilter: set,
      setSort: (next) => set('sort', next),
      clear: () => setParams((before) => keepSort(before), { replace: true }),
      asked: { ...given, ...(sort ? { sort } : {}) },
      address: params.toString(),
      show: (address) => setParams(new URLSearchParams(address)),
    }
  }, [known, params, setParams])
}

function keepSort(before: URLSearchParams): URLSearchParams {
  const sort = before.get('sort')
  return new URLSearchParams(sort ? { sort } : {})
}

// GIVES: the next order of a column that is clicked again and again: upwards, downwards, as it was.
export function nextSort(column: string, now: string | undefined): string | undefined {
  if (now === column) return `-${column}`
  return now === `-${column}` ? undefined : column
}
