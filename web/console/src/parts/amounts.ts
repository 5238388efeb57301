import type { Money } from '../api/types'
import { parseAmount } from '../ui/format'

// REQUIRES: the field was checked with isAmount.
export const moneyOf = (typed: string, currency: string): Money => ({ amount: parseAmount(typed) ?? typed, currency })

export const isAmount = (typed: string): boolean => parseAmount(typed) !== null

// What is left out when it was left empty.
export const optionalMoney = <Name extends string>(name: Name, typed: string, currency: string): Partial<Record<Name, Money>> =>
  typed.trim() === '' ? {} : ({ [name]: moneyOf(typed, currency) } as Record<Name, Money>)

export const optionalText = <Name extends string>(name: Name, typed: string): Partial<Record<Name, string>> =>
  typed.trim() === '' ? {} : ({ [name]: typed.trim() } as Record<Name, string>)
