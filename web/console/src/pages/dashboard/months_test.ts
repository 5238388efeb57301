import { expect, test } from 'vitest'
import { endOfNextMonth } from './months'

test('the next month of a long month may be short', () => {
  expect(endOfNextMonth('2026-01-31')).toBe('2026-02-28')
  expect(endOfNextMonth('2028-01-31')).toBe('2028-02-29')
})

test('the next month may be in the next year', () => {
  expect(endOfNextMonth('2026-11-29')).toBe('2026-12-31')
  expect(endOfNextMonth('2026-12-01')).toBe('2027-01-31')
})
