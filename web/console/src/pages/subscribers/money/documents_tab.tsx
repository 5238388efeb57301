import { Anchor } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../../api/client'
import type { operations } from '../../../api/schema'
import { DataTable } from '../../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../../ui/data_table/types'
import { DateText } from '../../../ui/dates'
import { Empty } from '../../../ui/empty'
import { FileText } from '../../../ui/icons'
import { Money } from '../../../ui/money'
import { useSubscriberText } from '../messages'
import type { DocumentHead } from '../queries'
import { DocumentState } from '../status'
import { DocumentDialog } from './document_dialog'

type Query = NonNullable<operations['list_documents']['parameters']['query']>

export default function DocumentsTab({ subscriber }: { subscriber: string }) {
  const [opened, setOpened] = useState<string | null>(null)
  const list = useList(subscriber, setOpened)
  return (
    <>
      <DataTable list={list} />
      {opened && <DocumentDialog number={opened} subscriber={subscriber} onClose={() => setOpened(null)} />}
    </>
  )
}

function useList(subscriber: string, open: (number: string) => void): ListOf<DocumentHead> {
  const t = useSubscriberText()
  return useMemo(
    () => ({
      name: `documents of ${subscriber}`,
      label: t('tab_documents'),
      columns: [
        {
          id: 'number', header: t('number'), sort: 'number', text: (d) => d.number,
          cell: (d) => (
            <Anchor component="button" type="button" fz="sm" fw={500} style={{ whiteSpace: 'nowrap' }} onClick={() => open(d.number)}>
              {d.number}
            </Anchor>
          ),
        },
        { id: 'date', header: t('date'), sort: 'date', cell: (d) => <DateText value={d.date} />, text: (d) => d.date },
        { id: 'due', header: t('due'), sort: 'due', wideOnly: true, cell: (d) => <DateText value={d.due} />, text: (d) => d.due },
        { id: 'unit', header: t('unit'), wideOnly: true, cell: (d) => d.unit, text: (d) => d.unit ?? '' },
        { id: 'type', header: t('type'), wideOnly: true, cell: (d) => t(`type_${d.type}`), text: (d) => d.type },
        { id: 'state', header: t('state'), cell: (d) => <DocumentState of={d} />, text: (d) => (d.overdue ? 'overdue' : d.state) },
        { id: 'net', header: t('net'), numeric: true, hidden: true, cell: (d) => <Money value={d.net} />, text: (d) => d.net.amount },
        { id: 'tax', header: t('tax'), numeric: true, hidden: true, cell: (d) => <Money value={d.tax} />, text: (d) => d.tax.amount },
        { id: 'total', header: t('total'), numeric: true, cell: (d) => <Money value={d.total} />, text: (d) => d.total.amount },
        { id: 'paid', header: t('paid'), numeric: true, wideOnly: true, cell: (d) => <Money value={d.paid} />, text: (d) => d.paid.amount },
      ],
      filters: [
        {
          id: 'state', label: t('any_state'), kind: 'choice',
          options: (['issued', 'partially_paid', 'paid', 'void'] as const).map((value) => ({ value, label: t(`state_${value}`) })),
        },
        { id: 'overdue', label: t('overdue'), kind: 'choice', options: [{ value: 'true', label: t('overdue') }] },
      ],
      load: (asked, signal) =>
        answered(api.GET('/api/v1/documents', { params: { query: { ...asQuery<Query>(asked), subscriber } }, ...(signal ? { signal } : {}) })),
      rowKey: (d) => d.number,
      empty: <Empty icon={FileText} title={t('no_documents')} hint={t('no_documents_hint')} />,
    }),
    [t, subscriber, open],
  )
}
