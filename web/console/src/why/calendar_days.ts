import { addDays, daysBetween } from '../ui/format'
import type { Span } from './steps'

export interface Day {
  date: string
  isCharged: boolean
}

const among = (date: string, { from, to }: Span) => date >= from && date < to

function every(step: number, full: Span, charged: Span): Day[] {
  const count = Math.ceil(daysBetween(full.from, full.to) / step)
  return Array.from({ length: count }, (_, i) => {
    const date = addDays(full.from, i * step)
    return { date, isCharged: among(date, charged) }
  })
}

export const daysIn = (full: Span, charged: Span): Day[] => every(1, full, charged)
// A week counts as its first day does.
export const weeksIn = (full: Span, charged: Span): Day[] => every(7, full, charged)
