import { Checkbox, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Schema } from '../../api/types'
import { isAmount, moneyOf } from '../../parts/amounts'
import { AmountField } from '../../ui/fields'
import { parseAmount } from '../../ui/format'
import { useSettingsPageText } from './messages'

interface Props {
  value: Schema<'RefundFeeSet'>
  currency: string
  onChange: (fee: Schema<'RefundFee'>) => void
}

const orders = ['percent_and_fixed', 'fixed_first'] as const

export function FeeFields({ value, currency, onChange }: Props) {
  const t = useSettingsPageText()
  const [fee, setFee] = useState({ has: value !== null, percent: value?.percent ?? '0', fixed: value?.fixed.amount ?? '0', order: value?.order ?? ('percent_and_fixed' as Schema<'FeeOrder'>) })
  const change = (more: Partial<typeof fee>) => {
    const next = { ...fee, ...more }
    setFee(next)
    if (!next.has) onChange({ percent: '0', fixed: moneyOf('0', currency) })
    else if (isAmount(next.percent) && isAmount(next.fixed)) onChange({ percent: parseAmount(next.percent) ?? '0', fixed: moneyOf(next.fixed, currency), order: next.order })
  }
  return (
    <Stack gap="sm">
      <Checkbox label={t('has_fee')} checked={fee.has} onChange={(event) => change({ has: event.currentTarget.checked })} />
      {fee.has && (
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          <TextInput label={t('fee_percent')} inputMode="decimal" rightSection="%" value={fee.percent} error={isAmount(fee.percent) ? undefined : t('amount_wrong')} onChange={(event) => change({ percent: event.currentTarget.value })} />
          <AmountField label={t('fee_fixed')} currency={currency} value={fee.fixed} error={isAmount(fee.fixed) ? undefined : t('amount_wrong')} onChange={(event) => change({ fixed: event.currentTarget.value })} />
          <Select label={t('fee_order')} allowDeselect={false} value={fee.order} data={orders.map((one) => ({ value: one, label: t(one) }))} onChange={(order) => change({ order: orders.find((one) => one === order) ?? 'percent_and_fixed' })} />
        </SimpleGrid>
      )}
    </Stack>
  )
}
