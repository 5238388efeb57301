import { Anchor, Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Banknote, Plus } from '../../ui/icons'
import { Money } from '../../ui/money'
import { usePaymentText } from './messages'
import { RecordDialog } from './record_dialog'
import { paymentPath } from './requests'

type Query = NonNullable<operations['list_payments']['parameters']['query']>

export function PaymentsTab() {
  const t = usePaymentText()
  const isClerk = useMay('clerk')
  const [isRecording, setRecording] = useState(false)
  const list = useList()
  return (
    <>
      {isClerk && (
        <Group justify="flex-end" mb="sm">
          <Button leftSection={<Plus size={16} />} onClick={() => setRecording(true)}>
            {t('record')}
          </Button>
        </Group>
      )}
      <DataTable list={list} />
      {isRecording && <RecordDialog onClose={() => setRecording(false)} />}
    </>
  )
}

// What was paid out of it, each time.
const wentBack = ({ refunds }: Schema<'Payment'>) => refunds.map(({ paid_out }) => paid_out)

function useList(): ListOf<Schema<'Payment'>> {
  const t = usePaymentText()
  return useMemo(
    () => ({
      name: 'payments',
      label: t('title'),
      columns: [
        {
          id: 'date', header: t('date'), sort: 'date', text: (p) => p.date,
          cell: (p) => (
            <Anchor component={Link} to={paymentPath(p.id)} fz="sm" fw={500}>
              <DateText value={p.date} />
            </Anchor>
          ),
        },
        { id: 'subscriber', header: t('subscriber'), cell: (p) => <SubscriberLink code={p.subscriber} />, text: (p) => p.subscriber },
        { id: 'method', header: t('method'), wideOnly: true, cell: (p) => p.method, text: (p) => p.method },
        { id: 'reference', header: t('reference'), wideOnly: true, cell: (p) => p.reference, text: (p) => p.reference },
        { id: 'id', header: t('id'), hidden: true, wideOnly: true, cell: (p) => p.id, text: (p) => p.id },
        { id: 'amount', header: t('amount'), numeric: true, cell: (p) => <Money value={p.amount} />, text: (p) => p.amount.amount },
        { id: 'went_back', header: t('went_back'), numeric: true, wideOnly: true, cell: (p) => wentBack(p).map((amount, index) => <div key={index}><Money value={amount} /></div>), text: (p) => wentBack(p).map(({ amount }) => amount).join(' + ') },
        { id: 'unallocated', header: t('unallocated'), numeric: true, wideOnly: true, cell: (p) => <Money value={p.unallocated} />, text: (p) => p.unallocated.amount },
      ],
      filters: [
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
        { id: 'method', label: t('method'), kind: 'text' },
        { id: 'reference', label: t('reference'), kind: 'text' },
        { id: 'from', label: t('from'), kind: 'date' },
        { id: 'to', label: t('to'), kind: 'date' },
        { id: 'from_outside', label: t('from_outside'), kind: 'choice', options: [{ value: 'true', label: t('from_outside') }] },
        { id: 'back_from', label: t('back_from'), kind: 'date' },
        { id: 'back_to', label: t('back_to'), kind: 'date' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/payments', { params: { query: { sort: '-date', ...asQuery<Query>(asked) } }, ...(signal ? { signal } : {}) })),
      rowKey: (p) => p.id,
      rowLink: (p) => paymentPath(p.id),
      empty: <Empty icon={Banknote} title={t('none')} hint={t('none_hint')} />,
    }),
    [t],
  )
}
