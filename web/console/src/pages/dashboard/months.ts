import { addDays } from '../../ui/format'

// GIVES: the last day of the month after that of `date`.
export function endOfNextMonth(date: string): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10)
  return addDays(first, -1)
}
