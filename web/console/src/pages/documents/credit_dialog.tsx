import { Checkbox, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useNavigate } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, optionalMoney, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { documentPath } from '../payments/requests'
import { useDocumentText } from './messages'

type Document = Schema<'Document'>
type Values = { lines: { position: number; is_chosen: boolean; amount: string }[]; reason: string; date: string }

export function CreditDialog({ document, onClose }: { document: Document; onClose: () => void }) {
  const t = useDocumentText()
  const today = useToday()
  const navigate = useNavigate()
  const { currency } = document.total
  const send = async ({ lines, reason, date }: Values) => {
    const chosen = lines.filter(({ is_chosen }) => is_chosen).map(({ position, amount }) => ({ line: position, ...optionalMoney('amount', amount, currency) }))
    const note = await answered(
      api.POST('/api/v1/documents/{document}/credit-notes', {
        params: { path: { document: document.number } },
        body: { lines: chosen, date, ...optionalText('reason', reason) },
      }),
    )
    navigate(documentPath(note.number))
  }
  return (
    <CommandDialog<Values>
      done={t('credited')}
      onClose={onClose}
      action={{
        title: t('credit'),
        about: t('credit_about', { number: document.number }),
        confirm: t('issue'),
        isGrave: true,
        initial: { lines: document.lines.map(({ position }, i) => ({ position: position ?? i + 1, is_chosen: true, amount: '' })), reason: '', date: today },
        validate: ({ lines }) => ({
          ...(lines.some(({ is_chosen }) => is_chosen) ? {} : { lines: t('choose_one') }),
          ...Object.fromEntries(
            lines.flatMap(({ is_chosen, amount }, i) => (!is_chosen || amount === '' || isAmount(amount) ? [] : [[`lines.${i}.amount`, t('amount_wrong')]])),
          ),
        }),
        fields: (form) => (
          <>
            <Lines form={form} document={document} />
            <Group grow align="flex-start">
              <TextInput label={t('reason')} data-autofocus {...form.getInputProps('reason')} />
              <DateField label={t('date')} max={today} required {...form.getInputProps('date')} />
            </Group>
          </>
        ),
        send,
      }}
    />
  )
}

function Lines({ form, document }: { form: UseFormReturnType<Values>; document: Document }) {
  const t = useDocumentText()
  const { currency } = document.total
  return (
    <Fieldset legend={t('which')}>
      <Stack gap="xs">
        {document.lines.map((line, i) => (
          <Group key={line.id} justify="space-between" wrap="nowrap" align="center">
            <Checkbox label={line.name} description={line.sub_service} {...form.getInputProps(`lines.${i}.is_chosen`, { type: 'checkbox' })} />
            <AmountField
              aria-label={t('line_amount', { line: line.name })}
              placeholder={line.amount.amount}
              currency={currency}
              w={160}
              disabled={!form.values.lines[i]?.is_chosen}
              {...form.getInputProps(`lines.${i}.amount`)}
            />
          </Group>
        ))}
        {form.errors.lines && (
          <Text size="sm" c="red" role="alert">
            {form.errors.lines}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('amount_hint')}
        </Text>
      </Stack>
    </Fieldset>
  )
}
