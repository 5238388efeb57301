import type { Schema } from '../../api/types'
import { difference } from '../../parts/decimals'
import { addDays } from '../../ui/format'

// GIVES: the last day of the month after that of `date`.
export function endOfNextMonth(date: string): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10)
  return addDays(first, -1)
}

// GIVES: the first and the last day of a month like 2026-02.
export function daysOf(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10)
  return { from: `${month}-01`, to: addDays(next, -1) }
}

export function formatMonth(month: string, locale: string, style: 'short' | 'long'): string {
  const year = style === 'long' ? 'numeric' : '2-digit'
  return new Intl.DateTimeFormat(locale, { month: 'short', year, timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
}

type Cash = Pick<Schema<'MonthFigures'>, 'came_in' | 'went_out'>

// What came in less what went out.
export const cashOf = ({ came_in, went_out }: Cash): Schema<'Money'> => ({ ...came_in.amount, amount: difference(came_in.amount.amount, went_out.amount.amount) })

// The lists behind both.
export function cameInPath(month: string): string {
  const { from, to } = daysOf(month)
  return `/payments?from_outside=true&from=${from}&to=${to}`
}
export function wentOutPath(month: string): string {
  const { from, to } = daysOf(month)
  return `/payments?back_from=${from}&back_to=${to}`
}
