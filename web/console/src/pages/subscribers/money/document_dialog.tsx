import { ActionIcon, Anchor, Group, Modal, Skeleton, Stack, Text, Title, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Schema } from '../../../api/types'
import { useMay } from '../../../session/session'
import { DateText } from '../../../ui/dates'
import { Undo2 } from '../../../ui/icons'
import { Money } from '../../../ui/money'
import { ProblemAlert } from '../../../ui/problem_alert'
import { Run } from '../account/run'
import { useSubscriberText } from '../messages'
import { type Line, useDocument } from '../queries'
import { DocumentState } from '../status'
import { useCreditAction } from './credit_action'
import { LineTable } from './line_table'

interface Props {
  number: string
  subscriber: string
  onClose: () => void
}

// One document with its lines, beside the list that one came from.
export function DocumentDialog({ number, subscriber, onClose }: Props) {
  const t = useSubscriberText()
  const { data, error } = useDocument(number)
  const [credited, setCredited] = useState<Line | null>(null)
  if (credited) return <Credit number={number} subscriber={subscriber} line={credited} onClose={() => setCredited(null)} />
  return (
    <Modal opened onClose={onClose} size="xl" title={<Title order={2}>{number}</Title>} closeButtonProps={{ 'aria-label': t('done') }}>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={200} />}
      {data && <Shown document={data} subscriber={subscriber} credit={setCredited} />}
    </Modal>
  )
}

interface ShownProps {
  document: Schema<'Document'>
  subscriber: string
  credit: (line: Line) => void
}

function Shown({ document, subscriber, credit }: ShownProps) {
  const t = useSubscriberText()
  const isClerk = useMay('clerk')
  const mayCredit = isClerk && document.type === 'invoice'
  return (
    <Stack gap="sm">
      <Group gap="md">
        <DocumentState of={document} />
        <Text size="sm">
          <DateText value={document.date} />
        </Text>
        <Text size="sm" c="dimmed">
          {t('due')} <DateText value={document.due} />
        </Text>
        <Text size="sm" fw={650}>
          <Money value={document.total} />
        </Text>
        <Text size="sm" c="dimmed">
          {t('paid')} <Money value={document.paid} />
        </Text>
        <Anchor component={Link} to={`/documents/${encodeURIComponent(document.number)}`} fz="sm">
          {t('open_object')}
        </Anchor>
      </Group>
      <LineTable
        lines={document.lines}
        subscriber={subscriber}
        label={t('lines')}
        action={(line) =>
          mayCredit && (
            <Tooltip label={t('credit_line')}>
              <ActionIcon variant="subtle" color="gray" aria-label={`${t('credit_line')} ${line.name}`} onClick={() => credit(line)}>
                <Undo2 size={16} />
              </ActionIcon>
            </Tooltip>
          )
        }
      />
    </Stack>
  )
}

function Credit({ number, subscriber, line, onClose }: Props & { line: Line }) {
  const t = useSubscriberText()
  const action = useCreditAction(number, line)
  return <Run subscriber={subscriber} action={action} done={t('credit_done')} onClose={onClose} />
}
