import type { Schema } from '../api/types'
import type { Text } from '../i18n/catalogue'
import { addDays, formatDate, formatDecimal, formatMoney } from '../ui/format'
import type { useWhyText } from './messages'
import type { Say } from './phrases'
import { stepOf } from './steps'

type Line = Schema<'Line'>
type Explanation = Schema<'Explanation'>
type WhyText = ReturnType<typeof useWhyText> extends Text<infer Key> ? Text<Key> : never

// The line in words, from the price to the tax, as one would say it on the phone.
export function sentencesOf(line: Line, { steps }: Explanation, t: WhyText, say: Say, locale: string): string[] {
  return [
    ...kindOf(line, t),
    priceOf(line, stepOf(steps, 'step_price') ?? stepOf(steps, 'step_setup_fee'), t, say, locale),
    ...periodOf(line, t, locale),
    ...amountOf(line, stepOf(steps, 'step_exact'), stepOf(steps, 'step_amount'), t, say, locale),
    ...taxesOf(line, t, locale),
  ].filter((sentence) => sentence !== '')
}

function kindOf(line: Line, t: WhyText): string[] {
  if (line.kind === 'credit' || line.kind === 'discount' || line.kind === 'setup_fee') return [t(line.kind)]
  return line.installment ? [t('installment', { part: line.installment })] : []
}

type Step = Explanation['steps'][number] | undefined

function priceOf(line: Line, step: Step, t: WhyText, say: Say, locale: string): string {
  if (line.kind === 'discount') return ''
  const price = formatMoney(line.unit_price, locale)
  const words = t(line.kind === 'recurring' ? 'price_is' : 'price_once', { name: line.name, price })
  const quantity = line.quantity === '1' ? '' : t('times', { quantity: line.quantity })
  const version = step?.remark ? ` ${t('version', { remark: say(step, 'remark') })}` : ''
  return `${words}${quantity}${version}.`
}

function periodOf(line: Line, t: WhyText, locale: string): string[] {
  if (!line.from || !line.to || line.days === null || line.of_days === null) return []
  const period = `${formatDate(line.from, locale)} – ${formatDate(addDays(line.to, -1), locale)}`
  return [t(line.days === line.of_days ? 'whole' : 'part', { days: line.days, of: line.of_days, period })]
}

function amountOf(line: Line, exact: Step, amount: Step, t: WhyText, say: Say, locale: string): string[] {
  const settled = formatMoney(line.amount, locale)
  if (!exact) return [t('settled', { amount: settled })]
  const formula = { formula: say(exact, 'remark'), value: say(exact, 'value') }
  return [amount?.remark ? t('rounded', { ...formula, remark: say(amount, 'remark'), amount: settled }) : t('exact', formula)]
}

function taxesOf(line: Line, t: WhyText, locale: string): string[] {
  if (line.taxes.length === 0) return [t('no_tax')]
  return line.taxes.map(({ name, rate, included, amount }) =>
    t(included ? 'tax_included' : 'tax_on_top', { name, rate: formatDecimal(rate, locale), amount: formatMoney(amount, locale) }),
  )
}
