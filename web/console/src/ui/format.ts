import type { Money } from '../api/types'

// Intl reads a decimal text digit by digit. A Number in between would lose some of a long one.
type DecimalText = Intl.StringNumericLiteral
const prices_have_at_most = 9

const formats = new Map<string, Intl.NumberFormat>()

function moneyFormat(locale: string, currency: string, signed: boolean): Intl.NumberFormat {
  const name = `${locale} ${currency} ${signed}`
  const format =
    formats.get(name) ??
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      maximumFractionDigits: prices_have_at_most,
      minimumFractionDigits: decimalsOf(currency),
      signDisplay: signed ? 'exceptZero' : 'auto',
    })
  formats.set(name, format)
  return format
}

export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

export function formatMoney({ amount, currency }: Money, locale: string, signed = false): string {
  return moneyFormat(locale, currency, signed).format(amount as DecimalText)
}

// A decimal number with all the decimals that it has; `…` at its end stays.
export function formatDecimal(number: string, locale: string): string {
  const [digits = '', rest = ''] = number.split(/(?=…)/)
  const decimals = digits.split('.')[1]?.length ?? 0
  return new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(digits as DecimalText) + rest
}

export const formatCount = (count: number, locale: string): string => new Intl.NumberFormat(locale).format(count)

export const isNegative = (amount: string): boolean => amount.startsWith('-') && !isZero(amount)
export const isZero = (amount: string): boolean => !/[1-9]/.test(amount)
export const negated = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : isZero(amount) ? amount : `-${amount}`)

// A civil date has no zone: it is read and written in UTC, so that no offset moves it to the day before.
const midnight = (date: string): Date => new Date(`${date}T00:00:00Z`)

export function formatDate(date: string, locale: string, style: 'medium' | 'long' | 'short' = 'medium'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: style, timeZone: 'UTC' }).format(midnight(date))
}

export function formatInstant(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant))
}

const period_length = /^(\d+) (day|week|month|year)s?$/

// How long a period is, from the API's words: "3 months". GIVES: what is none as it is.
export function formatPeriodLength(length: string, locale: string): string {
  const [, number, unit] = period_length.exec(length) ?? []
  return unit ? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(number)) : length
}

// Today where the operator is; the viewer may be elsewhere.
export function todayIn(zone: string, now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(now)
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year')}-${of('month')}-${of('day')}`
}

export function addDays(date: string, days: number): string {
  const day = midnight(date)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

const ms_a_day = 86_400_000
export const daysBetween = (from: string, to: string): number =>
  Math.round((midnight(to).getTime() - midnight(from).getTime()) / ms_a_day)

// As an Arabic or a Persian keyboard writes digits, decimals and thousands.
const latin = (typed: string): string =>
  typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')

const grouped = /^\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*)?$/

// What a person types as an amount, as the API wants it: with either sign before the decimals. A sign that stands there
// once parts the decimals, never thousands, so that 0,004 does not become 4; what had been meant as thousands has too many
// decimals for money and is refused. GIVES: null for what is no amount.
export function parseAmount(typed: string): string | null {
  const text = latin(typed).replace(/[\s\u00a0\u202f']/g, '')
  const [, sign = '', digits = ''] = /^([+-]?)(\d(?:[\d.,]*\d)?)$/.exec(text) ?? []
  const marks = digits.replace(/\d/g, '')
  const last = marks.at(-1)
  const parts = last !== undefined && marks.indexOf(last) === marks.length - 1
  const at = parts ? digits.lastIndexOf(last) : digits.length
  const whole = digits.slice(0, at)
  if (!/^\d+$/.test(whole) && !grouped.test(whole)) return null
  const decimals = parts ? `.${digits.slice(at + 1)}` : ''
  return `${sign === '-' ? '-' : ''}${whole.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')}${decimals}`
}
