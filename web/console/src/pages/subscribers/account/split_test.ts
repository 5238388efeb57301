import { expect, it } from 'vitest'
import { splitAmount } from './split'

it.each([
  ['100.00', 3, ['33.34', '33.33', '33.33']],
  ['0.05', 2, ['0.03', '0.02']],
  ['1000', 3, ['334', '333', '333']],
  ['90071992547409931.01', 2, ['45035996273704965.51', '45035996273704965.50']],
] as const)('%s in %i parts adds up to itself', (amount, parts, expected) => {
  expect(splitAmount(amount, parts)).toEqual(expected)
})
