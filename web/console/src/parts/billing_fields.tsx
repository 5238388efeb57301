import { NumberInput, Select, SimpleGrid } from '@mantine/core'
import type { Schema } from '../api/types'
import { useSettingsText } from './settings_messages'

type Billing = Schema<'BillingSettings'>

interface Props {
  value: Billing
  onChange: (next: Billing) => void
}

const models = ['cycle', 'pro_rata'] as const
const first_charges = ['partial', 'partial_plus_full', 'full', 'threshold'] as const
const invoicings = ['independent', 'merged', 'merged_per_unit'] as const
const suspensions = ['stop', 'continue'] as const

const find = <Word extends string>(words: readonly Word[], chosen: string | null): Word | null => words.find((word) => word === chosen) ?? null
const numberOr = (typed: string | number): number | null => (typeof typed === 'number' ? typed : null)

// How something is billed. What is left empty is decided by a less specific level.
export function BillingFields({ value, onChange }: Props) {
  const t = useSettingsText()
  const set = (change: Billing) => onChange({ ...value, ...change })
  const common = { placeholder: t('unsaid'), clearable: true } as const
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
      <Select {...common} label={t('model')} value={value.model ?? null} data={models.map((one) => ({ value: one, label: t(`model_${one}`) }))} onChange={(one) => set({ model: find(models, one) })} />
      <NumberInput label={t('cycle_day')} placeholder={t('unsaid')} min={1} max={31} allowDecimal={false} value={value.cycle_day ?? ''} onChange={(one) => set({ cycle_day: numberOr(one) })} />
      <Select {...common} label={t('first_charge')} value={value.first_charge ?? null} data={first_charges.map((one) => ({ value: one, label: t(`first_${one}`) }))} onChange={(one) => set({ first_charge: find(first_charges, one) })} />
      <NumberInput label={t('threshold_day')} placeholder={t('unsaid')} min={1} max={31} allowDecimal={false} value={value.threshold_day ?? ''} onChange={(one) => set({ threshold_day: numberOr(one) })} />
      <Select {...common} label={t('invoicing')} value={value.invoicing ?? null} data={invoicings.map((one) => ({ value: one, label: t(`invoicing_${one}`) }))} onChange={(one) => set({ invoicing: find(invoicings, one) })} />
      <Select {...common} label={t('suspension')} value={value.suspension ?? null} data={suspensions.map((one) => ({ value: one, label: t(`suspension_${one}`) }))} onChange={(one) => set({ suspension: find(suspensions, one) })} />
      <Select
        {...common}
        label={t('credit_suspension')}
        value={value.credit_suspension === null || value.credit_suspension === undefined ? null : value.credit_suspension ? 'yes' : 'no'}
        data={(['yes', 'no'] as const).map((one) => ({ value: one, label: t(one) }))}
        onChange={(one) => set({ credit_suspension: one === null ? null : one === 'yes' })}
      />
    </SimpleGrid>
  )
}
