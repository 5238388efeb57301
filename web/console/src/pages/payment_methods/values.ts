import type { Schema } from '../../api/types'
import { isAmount, moneyOf } from '../../parts/amounts'
import { parseAmount } from '../../ui/format'
import type { Gateway, Method } from './requests'

export interface MethodValues extends Record<string, unknown> {
  code: string
  name: string
  gateway: string
  enabled: boolean
  test_mode: boolean
  position: number
  currencies: string[]
  countries: string[]
  categories: string[]
  minimum: string
  maximum: string
  percent: string
  fixed: string
  on_top: boolean
  settings: Record<string, string>
}

export const new_method: MethodValues = {
  code: '', name: '', gateway: '', enabled: false, test_mode: false, position: 0, currencies: [], countries: [], categories: [], minimum: '', maximum: '', percent: '0', fixed: '0',
  on_top: false, settings: {},
}

export const isSecret = (gateway: Gateway | undefined, setting: string): boolean => gateway?.settings.find(({ name }) => name === setting)?.secret ?? false

// What is secret comes masked, and is not put into a field: what is sent is only what somebody typed.
export function valuesOf(method: Method, gateway: Gateway | undefined): MethodValues {
  const { code, name, enabled, test_mode, position, currencies, countries, categories, commission } = method
  return {
    code, name, gateway: method.gateway, enabled, test_mode, position, currencies, countries, categories,
    minimum: method.minimum?.amount ?? '', maximum: method.maximum?.amount ?? '', percent: commission.percent, fixed: commission.fixed.amount, on_top: commission.on_top,
    settings: Object.fromEntries((gateway?.settings ?? []).map((field) => [field.name, field.secret ? '' : (method.settings[field.name] ?? '')])),
  }
}

export function changeOf(values: MethodValues, currency: string, gateway: Gateway | undefined): Schema<'PaymentMethodChange'> {
  const { name, enabled, test_mode, position, currencies, countries, categories, minimum, maximum, percent, fixed, on_top } = values
  const settings = Object.entries(values.settings).filter(([setting, value]) => value !== '' || !isSecret(gateway, setting))
  return {
    name: name.trim(), enabled, test_mode, position, currencies, countries, categories,
    minimum: minimum ? moneyOf(minimum, currency) : null,
    maximum: maximum ? moneyOf(maximum, currency) : null,
    commission: { percent: parseAmount(percent || '0') ?? percent, fixed: moneyOf(fixed || '0', currency), on_top },
    ...(gateway && gateway.settings.length > 0 ? { settings: Object.fromEntries(settings) } : {}),
  }
}

const amounts = ['minimum', 'maximum', 'percent', 'fixed'] as const

export const wrongAmounts = (values: MethodValues): (typeof amounts)[number][] => amounts.filter((name) => values[name] !== '' && !isAmount(values[name]))
