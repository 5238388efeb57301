import { expect, test } from 'vitest'
import { debtsOf } from './requests'

const money = (amount: string) => ({ amount, currency: 'EUR' })
const invoice = (unit: string | null, total: string, paid: string, overdue = false) => ({
  id: 'doc_1', number: 'INV-1', type: 'invoice' as const, date: '2026-01-01', due: '2026-01-15', subscriber: 'tower', unit, contact: '', organization: '', country: '', region: '',
  state: 'issued' as const, overdue, net: money(total), tax: money('0.00'), total: money(total), paid: money(paid), reason: '', line_count: 1,
})

test('what is open is added up for each unit', () => {
  const debts = debtsOf([invoice('101', '10.10', '0.00'), invoice('101', '20.20', '5.20', true), invoice(null, '1.00', '0.50')])
  expect(debts.get('101')).toEqual({ open: '25.10', isOverdue: true })
  expect(debts.get(null)).toEqual({ open: '0.50', isOverdue: false })
})
