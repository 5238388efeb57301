import { Group, TextInput } from '@mantine/core'
import { api, answered } from '../../../api/client'
import type { Action } from '../../../ui/action/previewed_action'
import { AmountField } from '../../../ui/fields'
import { parseAmount } from '../../../ui/format'
import { useSubscriberText } from '../messages'
import type { Line } from '../queries'

type Values = { amount: string; reason: string }

export function useCreditAction(document: string, line: Line): Action<Values> {
  const t = useSubscriberText()
  const { currency } = line.gross
  return {
    title: `${t('credit_line')}: ${line.name}`,
    about: t('credit_about', { number: document }),
    confirm: t('give_credit'),
    isGrave: true,
    initial: { amount: '', reason: '' },
    validate: ({ amount }) => (amount === '' || parseAmount(amount) !== null ? {} : { amount: t('amount_wrong') }),
    fields: (form) => (
      <Group grow align="flex-start">
        <AmountField currency={currency} label={t('amount')} placeholder={line.gross.amount} data-autofocus {...form.getInputProps('amount')} />
        <TextInput label={t('reason')} {...form.getInputProps('reason')} />
      </Group>
    ),
    send: ({ amount, reason }) =>
      answered(
        api.POST('/api/v1/documents/{document}/credit-notes', {
          params: { path: { document } },
          body: {
            lines: [{ line: line.position ?? 1, ...(amount ? { amount: { amount: parseAmount(amount) ?? amount, currency } } : {}) }],
            reason,
          },
        }),
      ),
  }
}
