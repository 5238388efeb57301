import { Alert, List, Modal, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../api/client'
import type { Schema } from '../api/types'
import { useLanguage } from '../i18n/language'
import { CircleCheck, TriangleAlert } from '../ui/icons'
import { Money } from '../ui/money'
import { ProblemAlert } from '../ui/problem_alert'
import { CalendarStrip } from './calendar_strip'
import { useWhyText } from './messages'
import { useSay } from './phrases'
import { sentencesOf } from './sentences'
import { spanIn, stepOf } from './steps'
import classes from './why.module.css'

type Line = Schema<'Line'>
type Explanation = Schema<'Explanation'>

interface Props {
  line: Line
  // The subscriber whose line it is: lines that are on no document yet are found there as well.
  subscriber: string
  onClose: () => void
}

// Why a line is what it is: in words, on a calendar, and step by step as the server has just computed it once more.
export function WhyDialog({ line, subscriber, onClose }: Props) {
  const t = useWhyText()
  const { data, error } = useQuery({
    queryKey: ['explanation', line.id],
    queryFn: () =>
      answered(
        api.GET('/api/v1/subscribers/{subscriber}/lines/{line}/explanation', { params: { path: { subscriber, line: line.id } } }),
      ),
  })
  return (
    <Modal opened onClose={onClose} title={<Title order={2}>{t('title')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={260} aria-label={t('loading')} />}
      {data && <Told line={line} explanation={data} />}
    </Modal>
  )
}

function Told({ line, explanation }: { line: Line; explanation: Explanation }) {
  const t = useWhyText()
  const say = useSay()
  const { locale } = useLanguage()
  const full = spanIn(stepOf(explanation.steps, 'step_full_period'))
  const charged = line.from && line.to ? { from: line.from, to: line.to } : null
  return (
    <Stack gap="md">
      <List type="ordered" size="sm" spacing={4}>
        {sentencesOf(line, explanation, t, say, locale).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {full && charged && <CalendarStrip full={full} charged={charged} />}
      <Table fz="sm" layout="fixed">
        <Table.Tbody>
          <Sum label={t('net')} value={line.net} />
          <Sum label={t('tax')} value={line.tax} />
          <Sum label={t('in_all')} value={line.gross} isLast />
        </Table.Tbody>
      </Table>
      <Alert color={explanation.agrees ? 'teal' : 'red'} icon={explanation.agrees ? <CircleCheck size={18} /> : <TriangleAlert size={18} />} p="xs">
        {t(explanation.agrees ? 'agrees' : 'disagrees')}
      </Alert>
      <Steps explanation={explanation} />
    </Stack>
  )
}

function Sum({ label, value, isLast = false }: { label: string; value: Schema<'Money'>; isLast?: boolean }) {
  return (
    <Table.Tr fw={isLast ? 650 : undefined}>
      <Table.Td>{label}</Table.Td>
      <Table.Td ta="right" w="10rem">
        <Money value={value} />
      </Table.Td>
    </Table.Tr>
  )
}

const parts = ['label', 'value', 'remark'] as const

function Steps({ explanation }: { explanation: Explanation }) {
  const t = useWhyText()
  const say = useSay()
  return (
    <details>
      <Text component="summary" size="sm" fw={600} style={{ cursor: 'pointer' }}>
        {t('steps')}
      </Text>
      <Table.ScrollContainer minWidth={420} type="native">
        <Table fz="xs" mt="xs">
          <Table.Thead>
            <Table.Tr>
              {parts.map((part) => (
                <Table.Th key={part}>{t(part)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {explanation.steps.map((step, i) => (
              <Table.Tr key={i} className={step.agrees ? undefined : classes.wrong}>
                {parts.map((part) => (
                  <Table.Td key={part}>
                    <bdi>{say(step, part)}</bdi>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  )
}
