import { Group, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, moneyOf, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { SubscriberField } from '../../parts/subscriber_field'
import { useCurrency } from '../../session/operator'
import { AmountField } from '../../ui/fields'
import { useCashText } from './messages'

interface Props {
  shift: string
  onTaken: (movement: Schema<'CashMovement'>) => void
  onClose: () => void
}

export function TakeDialog({ shift, onTaken, onClose }: Props) {
  const t = useCashText()
  const currency = useCurrency()
  return (
    <CommandDialog
      done={t('taken')}
      onClose={onClose}
      action={{
        title: t('take'),
        about: t('take_about'),
        confirm: t('take'),
        initial: { subscriber: '', amount: '', reference: '' },
        validate: ({ subscriber, amount }) => ({
          ...(subscriber.trim() ? {} : { subscriber: t('subscriber_missing') }),
          ...(isAmount(amount) ? {} : { amount: t('amount_wrong') }),
        }),
        fields: (form) => (
          <>
            <SubscriberField label={t('subscriber')} required data-autofocus {...form.getInputProps('subscriber')} />
            <Group grow align="flex-start">
              <AmountField label={t('amount')} currency={currency} required {...form.getInputProps('amount')} />
              <TextInput label={t('reference')} {...form.getInputProps('reference')} />
            </Group>
          </>
        ),
        send: async ({ subscriber, amount, reference }) =>
          onTaken(
            await answered(
              api.POST('/api/v1/cash-shifts/{cash_shift}/payments', {
                params: { path: { cash_shift: shift } },
                body: { subscriber: subscriber.trim(), amount: moneyOf(amount, currency), ...optionalText('reference', reference) },
              }),
            ),
          ),
      }}
    />
  )
}
