import type { Asked, Column, ListOf } from './types'

// A cell that a spreadsheet would run as a formula is made a text.
const isFormula = (text: string) => /^[=+@\t\r]|^-(?!\d)/.test(text)

export function csvCell(text: string): string {
  const safe = isFormula(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvOf<Row>(columns: Column<Row>[], rows: Row[]): string {
  const lines = [columns.map((column) => column.id), ...rows.map((row) => columns.map((column) => column.text(row)))]
  return lines.map((cells) => cells.map(csvCell).join(',') + '\r\n').join('')
}

const most_at_once = 500

// Reads all pages that the filters select, not only those that are shown.
export async function readAll<Row>(list: ListOf<Row>, asked: Omit<Asked, 'limit'>, progress: (count: number) => void): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await list.load({ ...asked, limit: most_at_once, ...(cursor ? { cursor } : {}) })
    rows.push(...page.items)
    progress(rows.length)
    cursor = page.next ?? undefined
  } while (cursor)
  return rows
}

export function save(name: string, text: string): void {
  // The mark tells spreadsheets that the file is UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
