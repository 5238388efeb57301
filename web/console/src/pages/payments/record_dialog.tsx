import { Autocomplete, Group, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import { isAmount, moneyOf, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { SubscriberField } from '../../parts/subscriber_field'
import { useCurrency, useToday } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { usePaymentText } from './messages'
import { useMethodCodes } from './requests'

export function RecordDialog({ onClose }: { onClose: () => void }) {
  const t = usePaymentText()
  const currency = useCurrency()
  const today = useToday()
  const methods = useMethodCodes()
  return (
    <CommandDialog
      done={t('recorded')}
      onClose={onClose}
      action={{
        title: t('record'),
        about: t('record_about'),
        confirm: t('save'),
        initial: { subscriber: '', amount: '', method: '', reference: '', date: today },
        validate: ({ subscriber, amount }) => ({
          ...(subscriber.trim() ? {} : { subscriber: t('subscriber_missing') }),
          ...(isAmount(amount) ? {} : { amount: t('amount_wrong') }),
        }),
        fields: (form) => (
          <>
            <SubscriberField label={t('subscriber')} required data-autofocus {...form.getInputProps('subscriber')} />
            <Group grow align="flex-start">
              <AmountField label={t('amount')} currency={currency} required {...form.getInputProps('amount')} />
              <DateField label={t('date')} required max={today} {...form.getInputProps('date')} />
            </Group>
            <Autocomplete label={t('method')} description={t('method_hint')} data={methods} {...form.getInputProps('method')} />
            <TextInput label={t('reference')} autoComplete="off" {...form.getInputProps('reference')} />
          </>
        ),
        send: ({ subscriber, amount, method, reference, date }) =>
          answered(
            api.POST('/api/v1/payments', {
              body: { subscriber: subscriber.trim(), amount: moneyOf(amount, currency), date, ...optionalText('method', method), ...optionalText('reference', reference) },
            }),
          ),
      }}
    />
  )
}
