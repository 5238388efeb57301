import { Group, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, optionalMoney, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { usePaymentText } from './messages'

export function ChargeBackDialog({ payment, onClose }: { payment: Schema<'Payment'>; onClose: () => void }) {
  const t = usePaymentText()
  const today = useToday()
  const { currency } = payment.amount
  return (
    <CommandDialog
      done={t('charged_back')}
      onClose={onClose}
      action={{
        title: t('charge_back'),
        about: t('charge_back_about'),
        confirm: t('charge_back'),
        isGrave: true,
        initial: { amount: '', reference: '', date: today },
        validate: ({ amount }) => (amount === '' || isAmount(amount) ? {} : { amount: t('amount_wrong') }),
        fields: (form) => (
          <>
            <Group grow align="flex-start">
              <AmountField label={t('amount')} description={t('charge_back_hint')} placeholder={payment.amount.amount} currency={currency} data-autofocus {...form.getInputProps('amount')} />
              <DateField label={t('date')} description={'\u00a0'} max={today} required {...form.getInputProps('date')} />
            </Group>
            <TextInput label={t('reference')} {...form.getInputProps('reference')} />
          </>
        ),
        send: ({ amount, reference, date }) =>
          answered(
            api.POST('/api/v1/payments/{payment}/charge-backs', {
              params: { path: { payment: payment.id } },
              body: { date, ...optionalMoney('amount', amount, currency), ...optionalText('reference', reference) },
            }),
          ),
      }}
    />
  )
}
