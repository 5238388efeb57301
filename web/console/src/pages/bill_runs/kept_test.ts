import { expect, test } from 'vitest'
import { isKept } from './kept'

test('single differences are there until their time has come', () => {
  const comparison = { differences_kept_until: '2027-04-05T08:00:00.000Z' }
  expect(isKept(comparison, new Date('2027-04-05T07:59:59.999Z'))).toBe(true)
  expect(isKept(comparison, new Date('2027-04-05T08:00:00.000Z'))).toBe(false)
})
