import type { ReactNode } from 'react'
import type { Page } from '../../api/types'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  // For the CSV file: plain, as a program wants it.
  text: (row: Row) => string
  // The API's word for this order, where the list can be sorted by it.
  sort?: string
  numeric?: boolean
  // Shown only when somebody chooses it.
  hidden?: boolean
  // Left out where there is little room.
  wideOnly?: boolean
}

export interface Filter {
  id: string
  label: string
  kind: 'search' | 'text' | 'choice' | 'date'
  options?: { value: string; label: string }[]
}

// What is asked of the API for a page of the list. `filters` are by the API's names.
export interface Asked {
  limit: number
  cursor?: string
  sort?: string
  [filter: string]: string | number | undefined
}

export interface ListOf<Row> {
  // Names the list in queries, saved views and the file: "subscribers".
  name: string
  label: string
  columns: Column<Row>[]
  filters?: Filter[]
  load: (asked: Asked, signal?: AbortSignal) => Promise<Page<Row>>
  rowKey: (row: Row) => string
  rowLink?: (row: Row) => string
  empty: ReactNode
  bulk?: (chosen: Row[], done: () => void) => ReactNode
}

// The one place where a list's filters, which come from the address, are taken for the parameters of an operation. The
// server checks them, and says so when somebody changed the address by hand. Where no type is named, it suits any.
export function asQuery(asked: Asked): never
export function asQuery<Query>(asked: Asked): Query
export function asQuery(asked: Asked): unknown {
  return asked
}
