import { describe, expect, it } from 'vitest'
import { csvCell, csvOf, readAll } from './csv'
import type { Asked, Column, ListOf } from './types'

describe('a CSV file', () => {
  it('quotes what holds a comma, a quote or a new line', () => {
    expect(csvCell('Smith, Ann')).toBe('"Smith, Ann"')
    expect(csvCell('the "Tower"')).toBe('"the ""Tower"""')
  })
  it('runs no formula, and leaves amounts alone', () => {
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`)
    expect(csvCell('-cmd')).toBe("'-cmd")
    expect(csvCell('-12.34')).toBe('-12.34')
  })
  it('has a head and a line for each row', () => {
    const columns: Column<{ a: string }>[] = [{ id: 'a', header: 'A', cell: () => null, text: (row) => row.a }]
    expect(csvOf(columns, [{ a: 'x' }, { a: 'y' }])).toBe('a\r\nx\r\ny\r\n')
  })
  it('holds all pages, asked for with the same filters', async () => {
    const asked: Asked[] = []
    const list = {
      load: async (query: Asked) => {
        asked.push(query)
        return query.cursor ? { items: [3], next: null } : { items: [1, 2], next: 'two' }
      },
    } as unknown as ListOf<number>
    expect(await readAll(list, { q: 'ann' }, () => undefined)).toEqual([1, 2, 3])
    expect(asked.map(({ q, cursor }) => [q, cursor])).toEqual([['ann', undefined], ['ann', 'two']])
  })
})
