import { Group, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, optionalMoney, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { useDocumentText } from './messages'

export function WriteOffDialog({ document, open, onClose }: { document: Schema<'Document'>; open: string; onClose: () => void }) {
  const t = useDocumentText()
  const today = useToday()
  const { currency } = document.total
  return (
    <CommandDialog
      done={t('written_off')}
      onClose={onClose}
      action={{
        title: t('write_off'),
        about: t('write_off_about', { number: document.number }),
        confirm: t('write_off'),
        isGrave: true,
        initial: { amount: '', reason: '', date: today },
        validate: ({ amount }) => (amount === '' || isAmount(amount) ? {} : { amount: t('amount_wrong') }),
        fields: (form) => (
          <>
            <Group grow align="flex-start">
              <AmountField label={t('amount')} description={t('write_off_hint')} placeholder={open} currency={currency} data-autofocus {...form.getInputProps('amount')} />
              <DateField label={t('date')} description={'\u00a0'} max={today} required {...form.getInputProps('date')} />
            </Group>
            <TextInput label={t('reason')} {...form.getInputProps('reason')} />
          </>
        ),
        send: ({ amount, reason, date }) =>
          answered(
            api.POST('/api/v1/documents/{document}/write-offs', {
              params: { path: { document: document.number } },
              body: { date, ...optionalMoney('amount', amount, currency), ...optionalText('reason', reason) },
            }),
          ),
      }}
    />
  )
}
