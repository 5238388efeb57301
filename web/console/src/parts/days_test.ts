import { expect, test } from 'vitest'
import { daysOf } from './days'

test('days are read with commas or spaces between them', () => {
  expect(daysOf('10, 5 0')).toEqual([10, 5, 0])
  expect(daysOf('-3;0')).toEqual([-3, 0])
  expect(daysOf('')).toEqual([])
})

test('what is no day is refused', () => {
  expect(daysOf('10, soon')).toBeNull()
  expect(daysOf('1.5')).toBeNull()
})
