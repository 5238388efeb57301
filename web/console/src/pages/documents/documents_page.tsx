import { Anchor, Button } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { SubscriberLink } from '../../parts/subscriber_link'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { FileText } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { documentPath } from '../payments/requests'
import { DocumentState } from '../subscribers/status'
import { useDocumentText } from './messages'

type Head = Schema<'DocumentHead'>
type Query = NonNullable<operations['list_documents']['parameters']['query']>

export default function DocumentsPage() {
  const t = useDocumentText()
  const list = useList()
  return (
    <Page title={t('title')}>
      <DataTable list={list} />
    </Page>
  )
}

function useList(): ListOf<Head> {
  const t = useDocumentText()
  return useMemo(
    () => ({
      name: 'documents',
      label: t('title'),
      columns: [
        {
          id: 'number', header: t('number'), sort: 'number', text: (d) => d.number,
          cell: (d) => (
            <Anchor component={Link} to={documentPath(d.number)} fz="sm" fw={500}>
              {d.number}
            </Anchor>
          ),
        },
        { id: 'date', header: t('date'), sort: 'date', wideOnly: true, cell: (d) => <DateText value={d.date} />, text: (d) => d.date },
        { id: 'due', header: t('due'), sort: 'due', wideOnly: true, cell: (d) => <DateText value={d.due} />, text: (d) => d.due },
        { id: 'type', header: t('type'), wideOnly: true, cell: (d) => t(`type_${d.type}`), text: (d) => d.type },
        { id: 'subscriber', header: t('subscriber'), cell: (d) => <SubscriberLink code={d.subscriber} />, text: (d) => d.subscriber },
        { id: 'name', header: t('contact'), wideOnly: true, hidden: true, cell: (d) => d.organization || d.contact, text: (d) => d.organization || d.contact },
        { id: 'unit', header: t('unit'), wideOnly: true, hidden: true, cell: (d) => d.unit, text: (d) => d.unit ?? '' },
        { id: 'country', header: t('country'), hidden: true, cell: (d) => d.country, text: (d) => d.country },
        { id: 'region', header: t('region'), hidden: true, cell: (d) => d.region, text: (d) => d.region },
        { id: 'state', header: t('state'), cell: (d) => <DocumentState of={d} />, text: (d) => (d.overdue ? 'overdue' : d.state) },
        { id: 'net', header: t('net'), numeric: true, hidden: true, cell: (d) => <Money value={d.net} />, text: (d) => d.net.amount },
        { id: 'tax', header: t('tax'), numeric: true, hidden: true, cell: (d) => <Money value={d.tax} />, text: (d) => d.tax.amount },
        { id: 'total', header: t('total'), numeric: true, cell: (d) => <Money value={d.total} />, text: (d) => d.total.amount },
        { id: 'paid', header: t('paid'), numeric: true, wideOnly: true, cell: (d) => <Money value={d.paid} />, text: (d) => d.paid.amount },
        { id: 'reason', header: t('reason'), hidden: true, cell: (d) => d.reason, text: (d) => d.reason },
      ],
      filters: [
        { id: 'q', label: t('search'), kind: 'search' },
        { id: 'state', label: t('state'), kind: 'choice', options: (['issued', 'partially_paid', 'paid'] as const).map((value) => ({ value, label: t(`state_${value}`) })) },
        { id: 'overdue', label: t('overdue'), kind: 'choice', options: [{ value: 'true', label: t('overdue') }] },
        { id: 'open', label: t('still_open'), kind: 'choice', options: [{ value: 'true', label: t('still_open') }] },
        { id: 'type', label: t('type'), kind: 'choice', options: (['invoice', 'credit_note'] as const).map((value) => ({ value, label: t(`type_${value}`) })) },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
        { id: 'bill_run', label: t('bill_run'), kind: 'text' },
        { id: 'from', label: t('from'), kind: 'date' },
        { id: 'to', label: t('to'), kind: 'date' },
        { id: 'due_from', label: t('due_from'), kind: 'date' },
        { id: 'due_to', label: t('due_to'), kind: 'date' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/documents', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (d) => d.number,
      rowLink: (d) => documentPath(d.number),
      empty: <NoDocuments />,
    }),
    [t],
  )
}

function NoDocuments() {
  const t = useDocumentText()
  return (
    <Empty icon={FileText} title={t('none')} hint={t('none_hint')}>
      <Button component={Link} to="/bill-runs" mt="sm">
        {t('to_runs')}
      </Button>
    </Empty>
  )
}
