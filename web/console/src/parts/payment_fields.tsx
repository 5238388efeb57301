import { NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Money, Schema } from '../api/types'
import { AmountField } from '../ui/fields'
import { isAmount, moneyOf } from './amounts'
import { DaysField } from './days_field'
import { useSettingsText } from './settings_messages'

type Payment = Schema<'PaymentSettings'>

interface Props {
  value: Payment
  currency: string
  onChange: (next: Payment) => void
}

const terms = ['invoice', 'prepaid', 'credit_limit', 'unlimited_postpaid'] as const
const numbers = ['due_day', 'block_after', 'promise_days', 'promise_pause', 'order_days'] as const
const amounts = ['credit_limit', 'promise_limit', 'charge_cap', 'charge_month_cap'] as const
const most: Record<(typeof numbers)[number], number> = { due_day: 28, block_after: 365, promise_days: 60, promise_pause: 365, order_days: 365 }

// How subscribers pay. What is left empty is decided by a less specific level.
export function PaymentFields({ value, currency, onChange }: Props) {
  const t = useSettingsText()
  const set = (change: Payment) => onChange({ ...value, ...change })
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
      <Select
        label={t('terms')}
        placeholder={t('unsaid')}
        clearable
        value={value.terms ?? null}
        data={terms.map((one) => ({ value: one, label: t(`terms_${one}`) }))}
        onChange={(one) => set({ terms: terms.find((word) => word === one) ?? null })}
      />
      <TextInput label={t('ladder')} placeholder={t('ladder_hint')} value={value.ladder ?? ''} onChange={(event) => set({ ladder: event.currentTarget.value.trim() || null })} />
      {numbers.map((name) => (
        <NumberInput
          key={name}
          label={t(name)}
          placeholder={t('unsaid')}
          min={0}
          max={most[name]}
          allowDecimal={false}
          value={value[name] ?? ''}
          onChange={(one) => set({ [name]: typeof one === 'number' ? one : null })}
        />
      ))}
      {amounts.map((name) => (
        <OptionalAmount key={name} label={t(name)} value={value[name] ?? null} currency={currency} set={(money) => set({ [name]: money })} />
      ))}
      <DaysField label={t('lead_days')} value={value.lead_days ?? null} set={(lead_days) => set({ lead_days })} />
      <DaysField label={t('charge_retries')} value={value.charge_retries ?? null} set={(charge_retries) => set({ charge_retries })} />
    </SimpleGrid>
  )
}

interface AmountProps {
  label: string
  value: Money | null
  currency: string
  set: (money: Money | null) => void
}

function OptionalAmount({ label, value, currency, set }: AmountProps) {
  const t = useSettingsText()
  const [typed, setTyped] = useState(value?.amount ?? '')
  const change = (next: string) => {
    setTyped(next)
    if (next.trim() === '') set(null)
    else if (isAmount(next)) set(moneyOf(next, currency))
  }
  return (
    <AmountField
      label={label}
      placeholder={t('unsaid')}
      currency={currency}
      value={typed}
      error={typed.trim() !== '' && !isAmount(typed)}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
