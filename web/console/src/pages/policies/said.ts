import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { useSettingsText } from '../../parts/settings_messages'
import { formatMoney } from '../../ui/format'

const amounts = ['credit_limit', 'promise_limit', 'charge_cap', 'charge_month_cap'] as const
const payment_numbers = ['due_day', 'block_after', 'promise_days', 'promise_pause', 'order_days'] as const
const days = ['lead_days', 'charge_retries'] as const

// GIVES: what a policy says, setting by setting, for somebody who does not open it.
export function useSaid({ billing, payment = {} }: Schema<'Policy'>): string[] {
  const s = useSettingsText()
  const { locale } = useLanguage()
  const { model, cycle_day, first_charge, threshold_day, invoicing, suspension, credit_suspension } = billing
  const said: [string, string | number | null | undefined][] = [
    [s('model'), model && s(`model_${model}`)],
    [s('cycle_day'), cycle_day],
    [s('first_charge'), first_charge && s(`first_${first_charge}`)],
    [s('threshold_day'), threshold_day],
    [s('invoicing'), invoicing && s(`invoicing_${invoicing}`)],
    [s('suspension'), suspension && s(`suspension_${suspension}`)],
    [s('credit_suspension'), credit_suspension === null || credit_suspension === undefined ? null : s(credit_suspension ? 'yes' : 'no')],
    [s('terms'), payment.terms && s(`terms_${payment.terms}`)],
    [s('ladder'), payment.ladder],
    ...payment_numbers.map((name): [string, number | null | undefined] => [s(name), payment[name]]),
    ...amounts.map((name): [string, string | null | undefined] => {
      const amount = payment[name]
      return [s(name), amount && formatMoney(amount, locale)]
    }),
    ...days.map((name): [string, string | null | undefined] => [s(name), payment[name]?.join(', ')]),
  ]
  return said.flatMap(([label, value]) => (value === null || value === undefined ? [] : [`${label}: ${value}`]))
}
