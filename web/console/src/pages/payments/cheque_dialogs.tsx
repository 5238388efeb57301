import { Group, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, moneyOf, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { SubscriberField } from '../../parts/subscriber_field'
import { useCurrency, useToday } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { usePaymentText } from './messages'

export type Cheque = Schema<'Cheque'>

export function ReceiveDialog({ onClose }: { onClose: () => void }) {
  const t = usePaymentText()
  const currency = useCurrency()
  const today = useToday()
  return (
    <CommandDialog
      done={t('receive_done')}
      onClose={onClose}
      action={{
        title: t('receive'),
        about: t('no_cheques_hint'),
        confirm: t('save'),
        initial: { subscriber: '', amount: '', number: '', bank: '', date: today },
        validate: ({ subscriber, amount, number }) => ({
          ...(subscriber.trim() ? {} : { subscriber: t('subscriber_missing') }),
          ...(isAmount(amount) ? {} : { amount: t('amount_wrong') }),
          ...(number.trim() ? {} : { number: t('number_missing') }),
        }),
        fields: (form) => (
          <>
            <SubscriberField label={t('subscriber')} required data-autofocus {...form.getInputProps('subscriber')} />
            <Group grow align="flex-start">
              <AmountField label={t('amount')} currency={currency} required {...form.getInputProps('amount')} />
              <DateField label={t('date')} required max={today} {...form.getInputProps('date')} />
            </Group>
            <Group grow align="flex-start">
              <TextInput label={t('number')} required {...form.getInputProps('number')} />
              <TextInput label={t('bank')} {...form.getInputProps('bank')} />
            </Group>
          </>
        ),
        send: ({ subscriber, amount, number, bank, date }) =>
          answered(
            api.POST('/api/v1/cheques', {
              body: { subscriber: subscriber.trim(), amount: moneyOf(amount, currency), number: number.trim(), date, ...optionalText('bank', bank) },
            }),
          ),
      }}
    />
  )
}

interface Props {
  cheque: Cheque
  onClose: () => void
}

export function ClearDialog({ cheque, onClose }: Props) {
  const t = usePaymentText()
  const today = useToday()
  return (
    <CommandDialog
      done={t('clear_done')}
      onClose={onClose}
      action={{
        title: t('clear'),
        about: t('clear_about', { number: cheque.number }),
        confirm: t('clear'),
        initial: { date: today },
        fields: (form) => <DateField label={t('date')} required max={today} {...form.getInputProps('date')} />,
        send: ({ date }) => answered(api.POST('/api/v1/cheques/{cheque}/clear', { params: { path: { cheque: cheque.id } }, body: { date } })),
      }}
    />
  )
}

export function BounceDialog({ cheque, onClose }: Props) {
  const t = usePaymentText()
  const today = useToday()
  return (
    <CommandDialog
      done={t('bounce_done')}
      onClose={onClose}
      action={{
        title: t('bounce'),
        about: t('bounce_about'),
        confirm: t('bounce'),
        isGrave: true,
        initial: { reason: '', date: today },
        validate: ({ reason }) => (reason.trim() ? {} : { reason: t('reason_missing') }),
        fields: (form) => (
          <Group grow align="flex-start">
            <TextInput label={t('reason')} required data-autofocus {...form.getInputProps('reason')} />
            <DateField label={t('date')} required max={today} {...form.getInputProps('date')} />
          </Group>
        ),
        send: ({ reason, date }) =>
          answered(api.POST('/api/v1/cheques/{cheque}/bounce', { params: { path: { cheque: cheque.id } }, body: { reason: reason.trim(), date } })),
      }}
    />
  )
}
