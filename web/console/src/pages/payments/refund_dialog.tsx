import { Group, Select, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, optionalMoney, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { usePaymentText } from './messages'

type Through = 'done' | 'gateway' | 'manual'

export function RefundDialog({ payment, onClose }: { payment: Schema<'Payment'>; onClose: () => void }) {
  const t = usePaymentText()
  const today = useToday()
  const { currency } = payment.amount
  const through: Through[] = ['done', 'gateway', 'manual']
  return (
    <CommandDialog
      done={t('refunded')}
      onClose={onClose}
      action={{
        title: t('refund'),
        about: t('refund_about'),
        confirm: t('refund'),
        isGrave: true,
        initial: { amount: '', fee: '', through: 'done' as Through, method: '', reference: '', date: today },
        validate: ({ amount, fee }) => ({
          ...(amount === '' || isAmount(amount) ? {} : { amount: t('amount_wrong') }),
          ...(fee === '' || isAmount(fee) ? {} : { fee: t('amount_wrong') }),
        }),
        fields: (form) => (
          <>
            <Group grow align="flex-start">
              <AmountField label={t('amount')} description={t('refund_amount_hint')} placeholder={payment.unallocated.amount} currency={currency} data-autofocus {...form.getInputProps('amount')} />
              <AmountField label={t('fee')} description={t('fee_hint')} currency={currency} {...form.getInputProps('fee')} />
            </Group>
            <Select
              label={t('through')}
              data={through.map((value) => ({ value, label: t(`through_${value}`) }))}
              allowDeselect={false}
              {...form.getInputProps('through')}
            />
            {form.values.through === 'done' && (
              <Group grow align="flex-start">
                <TextInput label={t('method')} {...form.getInputProps('method')} />
                <TextInput label={t('reference')} {...form.getInputProps('reference')} />
              </Group>
            )}
            <DateField label={t('date')} max={today} required {...form.getInputProps('date')} />
          </>
        ),
        send: (values) =>
          answered(
            api.POST('/api/v1/payments/{payment}/refunds', {
              params: { path: { payment: payment.id } },
              body: {
                date: values.date,
                ...optionalMoney('amount', values.amount, currency),
                ...optionalMoney('fee', values.fee, currency),
                ...(values.through === 'done'
                  ? { ...optionalText('method', values.method), ...optionalText('reference', values.reference) }
                  : { through: values.through }),
              },
            }),
          ),
      }}
    />
  )
}
