import { expect, test } from 'vitest'
import { daysOf, endOfNextMonth, formatMonth } from './months'

test('the next month of a long month may be short', () => {
  expect(endOfNextMonth('2026-01-31')).toBe('2026-02-28')
  expect(endOfNextMonth('2028-01-31')).toBe('2028-02-29')
})

test('the next month may be in the next year', () => {
  expect(endOfNextMonth('2026-11-29')).toBe('2026-12-31')
  expect(endOfNextMonth('2026-12-01')).toBe('2027-01-31')
})

test('a month has its first and last day', () => {
  expect(daysOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(daysOf('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  expect(formatMonth('2026-03', 'en', 'long')).toBe('Mar 2026')
})
