import { expect, test } from 'vitest'
import { columnsIn, empty_mapping, mappingOf } from './mapping'

test('columns are named by the line after those that are skipped', () => {
  const file = 'Export of today\r\n"Date";Amount;Payer\r\n2026-11-20;1,00;Ann\r\n'
  expect(columnsIn(file, { ...empty_mapping, skip_rows: 1 })).toEqual(['Date', 'Amount', 'Payer'])
  expect(columnsIn(file, { ...empty_mapping, skip_rows: 2, has_header: false })).toEqual(['1', '2', '3'])
})

test('columns that were not chosen are left out', () => {
  const mapping = mappingOf({ ...empty_mapping, account: ' DE1 ', date: 'Date', amount: 'Amount' })
  expect(mapping).toEqual({ account: 'DE1', separator: ';', skip_rows: 0, has_header: true, date: 'Date', date_format: 'yyyy-mm-dd', decimal_sign: '.', amount: 'Amount' })
})
