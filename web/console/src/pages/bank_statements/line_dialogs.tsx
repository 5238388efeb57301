import { Group, Paper, Text, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import { CommandDialog } from '../../parts/command_dialog'
import { SubscriberField } from '../../parts/subscriber_field'
import { DateText } from '../../ui/dates'
import { Money } from '../../ui/money'
import type { Line } from './line_state'
import { useBankText } from './messages'

interface Props {
  line: Line
  onClose: () => void
}

function Told({ line }: { line: Line }) {
  return (
    <Paper p="sm">
      <Group justify="space-between">
        <Text size="sm" fw={500}>
          {line.payer || '–'}
        </Text>
        <Text fw={650}>
          <Money value={line.amount} />
        </Text>
      </Group>
      <Text size="sm">{line.reference}</Text>
      <Text size="xs" c="dimmed">
        <DateText value={line.date} /> {line.payer_account}
      </Text>
    </Paper>
  )
}

export function AssignDialog({ line, onClose }: Props) {
  const t = useBankText()
  return (
    <CommandDialog
      done={t('assigned')}
      onClose={onClose}
      action={{
        title: t('assign'),
        about: t('assign_about'),
        confirm: t('assign'),
        initial: { subscriber: line.candidates.length === 1 ? (line.candidates[0] ?? '') : '' },
        validate: ({ subscriber }) => (subscriber.trim() ? {} : { subscriber: t('subscriber_missing') }),
        fields: (form) => (
          <>
            <Told line={line} />
            <SubscriberField
              label={t('subscriber')}
              description={line.candidates.length > 0 ? t('candidates', { codes: line.candidates.join(', ') }) : undefined}
              suggested={line.candidates}
              required
              data-autofocus
              {...form.getInputProps('subscriber')}
            />
          </>
        ),
        send: ({ subscriber }) =>
          answered(api.POST('/api/v1/bank-lines/{bank_line}/assign', { params: { path: { bank_line: line.id } }, body: { subscriber: subscriber.trim() } })),
      }}
    />
  )
}

export function SetAsideDialog({ line, onClose }: Props) {
  const t = useBankText()
  return (
    <CommandDialog
      done={t('set_aside_done')}
      onClose={onClose}
      action={{
        title: t('set_aside'),
        about: t('set_aside_about'),
        confirm: t('set_aside'),
        initial: { reason: '' },
        validate: ({ reason }) => (reason.trim() ? {} : { reason: t('reason_missing') }),
        fields: (form) => (
          <>
            <Told line={line} />
            <TextInput label={t('reason')} required data-autofocus {...form.getInputProps('reason')} />
          </>
        ),
        send: ({ reason }) =>
          answered(api.POST('/api/v1/bank-lines/{bank_line}/set-aside', { params: { path: { bank_line: line.id } }, body: { reason: reason.trim() } })),
      }}
    />
  )
}

export function TakeBackDialog({ line, onClose }: Props) {
  const t = useBankText()
  return (
    <CommandDialog
      done={t('taken_back')}
      onClose={onClose}
      action={{
        title: t('take_back'),
        about: t(line.state === 'matched' ? 'take_back_paid_about' : 'take_back_about', { subscriber: line.subscriber ?? '' }),
        confirm: t('take_back'),
        initial: {},
        fields: () => <Told line={line} />,
        send: () => answered(api.POST('/api/v1/bank-lines/{bank_line}/take-back', { params: { path: { bank_line: line.id } } })),
      }}
    />
  )
}
