import type { Schema } from '../../api/types'

type Mapping = Schema<'BankCsvMapping'>

export interface MappingValues {
  account: string
  separator: NonNullable<Mapping['separator']>
  skip_rows: number
  has_header: boolean
  date: string
  date_format: string
  amount: string
  credit: string
  debit: string
  decimal_sign: '.' | ','
  currency: string
  reference: string
  payer: string
  payer_account: string
  bank_reference: string
}

export const empty_mapping: MappingValues = {
  account: '', separator: ';', skip_rows: 0, has_header: true, date: '', date_format: 'yyyy-mm-dd', amount: '', credit: '', debit: '', decimal_sign: '.',
  currency: '', reference: '', payer: '', payer_account: '', bank_reference: '',
}

const optional = ['amount', 'credit', 'debit', 'currency', 'reference', 'payer', 'payer_account', 'bank_reference'] as const

export function mappingOf(values: MappingValues): Mapping {
  const { account, separator, skip_rows, has_header, date, date_format, decimal_sign } = values
  const given = optional.filter((name) => values[name].trim() !== '').map((name) => [name, values[name].trim()])
  return { account: account.trim(), separator, skip_rows, has_header, date: date.trim(), date_format, decimal_sign, ...Object.fromEntries(given) }
}

const signs = { tab: '\t', ',': ',', ';': ';', '|': '|' } as const

// GIVES: the columns as the first line names them, or their numbers.
export function columnsIn(file: string, { separator, skip_rows, has_header }: MappingValues): string[] {
  const line = file.split(/\r?\n/)[skip_rows] ?? ''
  const cells = line.split(signs[separator]).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  return has_header ? [...new Set(cells.filter(Boolean))] : cells.map((_, i) => `${i + 1}`)
}

export const looksLikeCsv = (name: string): boolean => /\.(csv|txt|tsv)$/i.test(name)
