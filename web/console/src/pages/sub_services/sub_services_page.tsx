import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Network, Tags } from '../../ui/icons'
import { Page } from '../../ui/page'
import { BulkCommands } from '../subscribers/bulk_commands'
import { useSubscriberText } from '../subscribers/messages'
import { StatusBadge } from '../subscribers/status'
import { useSubServiceText } from './messages'

type SubService = Schema<'SubService'>

const statuses = ['inactive', 'active', 'data_exhausted', 'suspended', 'cancelled'] as const

export default function SubServicesPage() {
  const t = useSubServiceText()
  const list = useList()
  return (
    <Page title={t('title')}>
      <DataTable list={list} />
    </Page>
  )
}

function MoveToCurrentPrice({ chosen, onDone }: { chosen: SubService[]; onDone: () => void }) {
  const t = useSubscriberText()
  const [isOpen, setOpen] = useState(false)
  const finish = () => {
    setOpen(false)
    onDone()
  }
  return (
    <>
      <Button size="xs" variant="default" leftSection={<Tags size={14} />} onClick={() => setOpen(true)}>
        {t('move_price')}
      </Button>
      {isOpen && (
        <BulkCommands
          bulk="move_to_current_price"
          subServices={chosen}
          subscribers={new Set(chosen.map(({ subscriber }) => subscriber)).size}
          onClose={() => setOpen(false)}
          onDone={finish}
        />
      )}
    </>
  )
}

function useList(): ListOf<SubService> {
  const t = useSubServiceText()
  const ts = useSubscriberText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'sub-services',
      label: t('title'),
      columns: [
        { id: 'subscriber', header: t('subscriber'), cell: (s) => <SubscriberLink code={s.subscriber} />, text: (s) => s.subscriber },
        { id: 'service', header: t('service'), cell: (s) => s.service, text: (s) => s.service },
        { id: 'unit', header: t('unit'), wideOnly: true, cell: (s) => s.unit, text: (s) => s.unit ?? '' },
        { id: 'code', header: t('code'), wideOnly: true, cell: (s) => s.code, text: (s) => s.code },
        { id: 'status', header: t('status'), cell: (s) => <StatusBadge of={s} />, text: (s) => s.status },
        { id: 'started', header: t('started'), wideOnly: true, cell: (s) => <DateText value={s.started_on} />, text: (s) => s.started_on ?? '' },
        { id: 'billed_to', header: t('billed_to'), wideOnly: true, cell: (s) => <DateText value={s.billed_to} />, text: (s) => s.billed_to ?? '' },
        { id: 'next', header: t('next'), wideOnly: true, cell: (s) => <DateText value={s.next_billing_date} />, text: (s) => s.next_billing_date ?? '' },
        { id: 'cancel_on', header: t('cancel_on'), wideOnly: true, cell: (s) => <DateText value={s.cancel_on} />, text: (s) => s.cancel_on ?? '' },
      ],
      filters: [
        { id: 'status', label: t('status'), kind: 'choice', options: statuses.map((value) => ({ value, label: ts(`status_${value}`) })) },
        { id: 'service', label: t('service'), kind: 'text' },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
        { id: 'price', label: t('price'), kind: 'text' },
        ...(['started_from', 'started_to', 'cancelled_from', 'cancelled_to'] as const).map((id) => ({ id, label: t(id), kind: 'date' as const })),
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/sub-services', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (s) => s.id,
      ...(isClerk ? { bulk: (chosen: SubService[], done: () => void) => <MoveToCurrentPrice chosen={chosen} onDone={done} /> } : {}),
      empty: <Empty icon={Network} title={t('none')} hint={t('none_hint')} />,
    }),
    [t, ts, isClerk],
  )
}
