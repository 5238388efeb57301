import { expect, it } from 'vitest'
import { nextSort } from './list_state'
import { withView } from './views'

it('sorts up, down, and as it was', () => {
  expect(nextSort('name', undefined)).toBe('name')
  expect(nextSort('name', 'name')).toBe('-name')
  expect(nextSort('name', '-name')).toBeUndefined()
  expect(nextSort('name', 'code')).toBe('name')
})

it('keeps one view of a name, in the order of names', () => {
  const one = { name: 'b', address: 'q=1', hidden: [] }
  expect(withView([one], { name: 'a', address: '', hidden: [] }).map(({ name }) => name)).toEqual(['a', 'b'])
  expect(withView([one], { name: 'b', address: 'q=2', hidden: [] })).toEqual([{ name: 'b', address: 'q=2', hidden: [] }])
})
