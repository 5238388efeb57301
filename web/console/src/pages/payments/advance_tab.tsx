import { Anchor } from '@mantine/core'
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
import { usePaymentText } from './messages'
import { paymentPath } from './requests'

type Query = NonNullable<operations['list_advance_payments']['parameters']['query']>

export default function AdvanceTab() {
  const t = usePaymentText()
  const list = useMemo<ListOf<Schema<'AdvancePayment'>>>(
    () => ({
      name: 'advance-payments',
      label: t('tab_advance'),
      columns: [
        {
          id: 'number', header: t('number'), text: (a) => a.number,
          cell: (a) => (
            <Anchor component={Link} to={paymentPath(a.payment)} fz="sm" fw={500}>
              {a.number}
            </Anchor>
          ),
        },
        { id: 'subscriber', header: t('subscriber'), cell: (a) => <SubscriberLink code={a.subscriber} name={a.name} />, text: (a) => a.subscriber },
        { id: 'date', header: t('date'), cell: (a) => <DateText value={a.date} />, text: (a) => a.date },
        { id: 'amount', header: t('amount'), numeric: true, cell: (a) => <Money value={a.amount} />, text: (a) => a.amount.amount },
      ],
      filters: [{ id: 'subscriber', label: t('subscriber'), kind: 'text' }],
      load: (asked, signal) => answered(api.GET('/api/v1/advance-payments', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (a) => a.number,
      rowLink: (a) => paymentPath(a.payment),
      empty: <Empty icon={FileText} title={t('no_advance')} hint={t('no_advance_hint')} />,
    }),
    [t],
  )
  return <DataTable list={list} />
}
