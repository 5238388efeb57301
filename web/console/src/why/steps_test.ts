import { expect, it } from 'vitest'
import type { Schema } from '../api/types'
import { daysIn, weeksIn } from './calendar_days'
import { spanIn, stepOf } from './steps'

const stepWith = (value: Schema<'Phrase'>): Schema<'ExplanationStep'> => ({
  label: 'full period', value: 'in English', remark: '', agrees: true, phrases: { label: { key: 'step_full_period', facts: {} }, value, remark: [] },
})

it('reads the period of a step', () => {
  expect(spanIn(stepWith({ key: 'period', facts: { from: '2026-01-17', to: '2026-02-01' } }))).toEqual({ from: '2026-01-17', to: '2026-02-01' })
  expect(spanIn(stepWith({ key: 'days', facts: { count: 31 } }))).toBeNull()
  expect(spanIn(undefined)).toBeNull()
})

it('finds a step by what it is about', () => {
  const full = stepWith({ key: 'days', facts: { count: 31 } })
  expect(stepOf([full], 'step_full_period')).toBe(full)
  expect(stepOf([full], 'step_exact')).toBeUndefined()
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
