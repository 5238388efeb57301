import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, formatDate, formatDecimal, formatMoney, formatPeriodLength, isNegative, isZero, negated, parseAmount, todayIn } from './format'

const plain = (text: string) => text.replace(/[\u00a0\u202f\u200f\u200e\u061c]/g, ' ').trim()

describe('money', () => {
  it('keeps every digit of an amount that no double holds', () => {
    expect(formatMoney({ amount: '90071992547409931234.56', currency: 'USD' }, 'en-US')).toBe('$90,071,992,547,409,931,234.56')
  })
  it('is written as the viewer writes it', () => {
    expect(plain(formatMoney({ amount: '-1234.50', currency: 'EUR' }, 'de-DE'))).toBe('-1.234,50 €')
    expect(formatMoney({ amount: '1234.50', currency: 'USD' }, 'en-US')).toBe('$1,234.50')
  })
  it('shows the decimals of its currency, and of a price as many as it has', () => {
    expect(plain(formatMoney({ amount: '5000', currency: 'JPY' }, 'en-US'))).toBe('¥5,000')
    expect(plain(formatMoney({ amount: '1.2', currency: 'KWD' }, 'en-US'))).toBe('KWD 1.200')
    expect(formatMoney({ amount: '0.004200000', currency: 'USD' }, 'en-US')).toBe('$0.0042')
  })
  it('bears a sign when it is asked to, but for nothing', () => {
    expect(formatMoney({ amount: '3.17', currency: 'USD' }, 'en-US', true)).toBe('+$3.17')
    expect(formatMoney({ amount: '0.00', currency: 'USD' }, 'en-US', true)).toBe('$0.00')
  })
  it('has all the decimals of an exact number, and says when more would follow', () => {
    expect(formatDecimal('19.354838709677…', 'es-ES')).toBe('19,354838709677…')
    expect(formatDecimal('-0.10', 'en-US')).toBe('-0.10')
    expect(formatDecimal('20', 'es-ES')).toBe('20')
  })
  it('knows less than nothing from nothing', () => {
    expect(isNegative('-0.01')).toBe(true)
    expect(isNegative('-0.00')).toBe(false)
    expect(isZero('0.000')).toBe(true)
    expect(negated('-12.34')).toBe('12.34')
    expect(negated('12.34')).toBe('-12.34')
    expect(negated('0.00')).toBe('0.00')
  })
})

describe('an amount that is typed', () => {
  it.each([
    ['12', '12'],
    ['12.34', '12.34'],
    ['12,34', '12.34'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ["1'234.50", '1234.50'],
    ['1 234,50', '1234.50'],
    ['-5', '-5'],
    ['007', '7'],
    ['0.5', '0.5'],
    ['1,234,567', '1234567'],
    ['0,004', '0.004'],
    ['1.234', '1.234'],
    ['١٬٢٣٤٫٥٠', '1234.50'],
    ['۱۲', '12'],
  ])('%s is %s', (typed, amount) => expect(parseAmount(typed)).toBe(amount))
  it.each(['', 'abc', '1.2.3', '12.', '.5', '1e5', '--1', '1,23,4', '1,2345.00', '1.234,567.8'])('%s is none', (typed) =>
    expect(parseAmount(typed)).toBeNull(),
  )
})

describe('a date', () => {
  it('stays the day that it is, wherever the viewer sits', () => {
    expect(formatDate('2026-01-31', 'en-US')).toBe('Jan 31, 2026')
    expect(formatDate('2026-03-01', 'es-ES', 'long')).toBe('1 de marzo de 2026')
  })
  it('is today where the operator is', () => {
    const late = new Date('2026-11-29T03:00:00Z')
    expect(todayIn('America/Chicago', late)).toBe('2026-11-28')
    expect(todayIn('Europe/Madrid', late)).toBe('2026-11-29')
  })
  it('says how long a period is', () => {
    expect(formatPeriodLength('1 month', 'en')).toBe('1 month')
    expect(formatPeriodLength('3 months', 'es')).toBe('3 meses')
    expect(formatPeriodLength('2 years', 'ar-u-nu-latn')).toBe('سنتان')
    expect(formatPeriodLength('a while', 'en')).toBe('a while')
  })
  it('counts days over a change of the clocks', () => {
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31)
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })
})
