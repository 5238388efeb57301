import { Button, Code, Group, Modal, ScrollArea, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Send } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { useSettingsPageText } from './messages'

type Delivery = Schema<'WebhookDelivery'>
type Query = NonNullable<operations['list_webhook_deliveries']['parameters']['query']>
interface Choice {
  delivery: string
  what: 'show' | 'replay'
}

const tones: Record<Delivery['state'], Tone> = { waiting: 'wait', delivered: 'good', given_up: 'bad' }

export default function DeliveriesTab() {
  const t = useSettingsPageText()
  const [choice, setChoice] = useState<Choice | null>(null)
  const list = useList(setChoice)
  const close = () => setChoice(null)
  return (
    <>
      <DataTable list={list} />
      {choice?.what === 'show' && <DeliveryDialog delivery={choice.delivery} onClose={close} />}
      {choice?.what === 'replay' && (
        <CommandDialog
          done={t('replayed')}
          onClose={close}
          action={{
            title: t('replay'),
            confirm: t('replay'),
            initial: {},
            send: () => answered(api.POST('/api/v1/webhook-deliveries/{webhook_delivery}/replay', { params: { path: { webhook_delivery: choice.delivery } } })),
          }}
        />
      )}
    </>
  )
}

function useList(choose: (choice: Choice) => void): ListOf<Delivery> {
  const t = useSettingsPageText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'webhook-deliveries',
      label: t('tab_deliveries'),
      columns: [
        { id: 'event', header: t('event'), cell: (d) => d.event_type, text: (d) => d.event_type },
        { id: 'state', header: t('state'), cell: (d) => <StateBadge tone={tones[d.state]}>{t(`delivery_${d.state}`)}</StateBadge>, text: (d) => d.state },
        { id: 'attempts', header: t('attempts'), numeric: true, wideOnly: true, cell: (d) => d.attempts, text: (d) => `${d.attempts}` },
        { id: 'created', header: t('created_at'), wideOnly: true, cell: (d) => <InstantText value={d.created_at} />, text: (d) => d.created_at },
        { id: 'next', header: t('next'), wideOnly: true, cell: (d) => <InstantText value={d.next_attempt_at} />, text: (d) => d.next_attempt_at ?? '' },
        { id: 'endpoint', header: t('endpoint'), hidden: true, cell: (d) => d.endpoint, text: (d) => d.endpoint },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (d) => (
            <Group gap="xs" wrap="nowrap">
              <Button size="compact-sm" variant="subtle" onClick={() => choose({ delivery: d.id, what: 'show' })}>
                {t('show')}
              </Button>
              {isClerk && d.state !== 'waiting' && (
                <Button size="compact-sm" variant="default" onClick={() => choose({ delivery: d.id, what: 'replay' })}>
                  {t('replay')}
                </Button>
              )}
            </Group>
          ),
        },
      ],
      filters: [
        { id: 'state', label: t('state'), kind: 'choice', options: (['waiting', 'delivered', 'given_up'] as const).map((value) => ({ value, label: t(`delivery_${value}`) })) },
        { id: 'endpoint', label: t('endpoint'), kind: 'text' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/webhook-deliveries', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (d) => d.id,
      empty: <Empty icon={Send} title={t('no_deliveries')} hint={t('no_deliveries_hint')} />,
    }),
    [t, isClerk, choose],
  )
}

function DeliveryDialog({ delivery, onClose }: { delivery: string; onClose: () => void }) {
  const t = useSettingsPageText()
  const { data, error } = useQuery({
    queryKey: ['webhook-delivery', delivery],
    queryFn: () => answered(api.GET('/api/v1/webhook-deliveries/{webhook_delivery}', { params: { path: { webhook_delivery: delivery } } })),
  })
  return (
    <Modal opened onClose={onClose} size="xl" title={<Title order={2}>{data?.event_type ?? delivery}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={160} />}
      {data && (
        <Stack gap="sm">
          {data.log.map((attempt) => (
            <Text key={attempt.number} size="sm">
              {t('attempt', { number: attempt.number })} · <InstantText value={attempt.at} /> ·{' '}
              {attempt.status === null ? t('no_answer', { ms: attempt.milliseconds }) : t('answered', { status: attempt.status, ms: attempt.milliseconds })} {attempt.reason}
            </Text>
          ))}
          <Title order={3}>{t('body')}</Title>
          <ScrollArea.Autosize mah="50vh" tabIndex={0}>
            <Code block>{data.body}</Code>
          </ScrollArea.Autosize>
        </Stack>
      )}
    </Modal>
  )
}
