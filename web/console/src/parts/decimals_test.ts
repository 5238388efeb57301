import { expect, test } from 'vitest'
import { difference, sum } from './decimals'

test('a difference keeps every digit', () => {
  expect(difference('0.30', '0.10')).toBe('0.20')
  expect(difference('100', '99.99')).toBe('0.01')
  expect(difference('9007199254740993.01', '0.01')).toBe('9007199254740993.00')
})

test('a difference may be nothing or less', () => {
  expect(difference('50.00', '50')).toBe('0.00')
  expect(difference('1.5', '2.25')).toBe('-0.75')
  expect(difference('-1.00', '-3.00')).toBe('2.00')
  expect(difference('5', '7')).toBe('-2')
})

test('a sum keeps every digit', () => {
  expect(sum([])).toBe('0')
  expect(sum(['0.10', '0.20', '-0.05'])).toBe('0.25')
})
