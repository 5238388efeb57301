import { expect, it } from 'vitest'
import { daysIn, weeksIn } from './calendar_days'
import { spanIn } from './steps'

it('reads the period of a step', () => {
  expect(spanIn('2026-01-17 to 2026-02-01')).toEqual({ from: '2026-01-17', to: '2026-02-01' })
  expect(spanIn('31 days')).toBeNull()
  expect(spanIn(undefined)).toBeNull()
})

it('marks the days that are charged, the last one of a half-open period not', () => {
  const days = daysIn({ from: '2026-01-01', to: '2026-02-01' }, { from: '2026-01-17', to: '2026-02-01' })
  expect(days).toHaveLength(31)
  expect(days.filter(({ isCharged }) => isCharged)).toHaveLength(15)
  expect(days[15]).toEqual({ date: '2026-01-16', isCharged: false })
  expect(days[16]).toEqual({ date: '2026-01-17', isCharged: true })
})

it('shows a long period by weeks, none of which is both', () => {
  const weeks = weeksIn({ from: '2026-01-01', to: '2027-01-01' }, { from: '2026-07-01', to: '2027-01-01' })
  expect(weeks).toHaveLength(53)
  expect(weeks.filter(({ isCharged }) => isCharged)).toHaveLength(27)
})
