// Amounts travel as texts. Whole minor units in a bigint add up exactly; a JavaScript number would not.
import type { components } from './api.js'

export type Money = components['schemas']['Money']

const decimals = 2 // of US dollars

export function minorUnits(amount: string): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  if (whole === '' || fraction.length > decimals) throw new Error(`"${amount}" is no amount in US dollars`)
  const units = BigInt(whole + fraction.padEnd(decimals, '0'))
  return sign === '-' ? -units : units
}

export function sum(amounts: Money[]): string {
  const units = amounts.reduce((total, { amount }) => total + minorUnits(amount), 0n)
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

export const text = ({ amount, currency }: Money): string => `${amount} ${currency}`
