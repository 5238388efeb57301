import { expect, test } from 'vitest'
import { floorOf, floorsOf } from './floors'

test('the number of an apartment tells its floor', () => {
  expect(floorOf({ name: 'Apartment 304' })).toBe('3')
  expect(floorOf({ name: '12-07' })).toBe('12')
  expect(floorOf({ name: 'Apt 1201' })).toBe('12')
  expect(floorOf({ name: 'Office' })).toBeNull()
})

test('floors come from the top down, their units by number, the others last', () => {
  const unit = (name: string) => ({ code: name, name })
  const floors = floorsOf(['Office', '102', '1001', '101', '1002'].map(unit))
  expect(floors.map(({ floor, units }) => [floor, units.map(({ name }) => name)])).toEqual([
    ['10', ['1001', '1002']],
    ['1', ['101', '102']],
    [null, ['Office']],
  ])
})
