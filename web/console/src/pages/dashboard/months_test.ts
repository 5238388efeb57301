import { expect, test } from 'vitest'
import { cameInPath, cashOf, daysOf, endOfNextMonth, formatMonth, wentOutPath } from './months'

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

test('cash is what came in less what went out, and either has its list', () => {
  const of = (amount: string) => ({ count: 1, amount: { amount, currency: 'EUR' } })
  expect(cashOf({ came_in: of('40.10'), went_out: of('50.30') })).toEqual({ amount: '-10.20', currency: 'EUR' })
  expect(cameInPath('2028-02')).toBe('/payments?from_outside=true&from=2028-02-01&to=2028-02-29')
  expect(wentOutPath('2028-02')).toBe('/payments?back_from=2028-02-01&back_to=2028-02-29')
})
