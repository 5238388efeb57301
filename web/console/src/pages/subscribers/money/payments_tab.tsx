import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { api, answered } from '../../../api/client'
import type { operations } from '../../../api/schema'
import type { Schema } from '../../../api/types'
import { DataTable } from '../../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../../ui/data_table/types'
import { DateText } from '../../../ui/dates'
import { Empty } from '../../../ui/empty'
import { isZero } from '../../../ui/format'
import { Banknote } from '../../../ui/icons'
import { Money } from '../../../ui/money'
import { useSubscriberText } from '../messages'

type Payment = Schema<'Payment'>
type Query = NonNullable<operations['list_payments']['parameters']['query']>

export default function PaymentsTab({ subscriber }: { subscriber: string }) {
  const t = useSubscriberText()
  const list = useMemo<ListOf<Payment>>(
    () => ({
      name: `payments of ${subscriber}`,
      label: t('tab_payments'),
      columns: [
        { id: 'date', header: t('date'), sort: 'date', cell: (p) => <DateText value={p.date} />, text: (p) => p.date },
        { id: 'method', header: t('method'), cell: (p) => p.method, text: (p) => p.method },
        { id: 'reference', header: t('reference'), wideOnly: true, cell: (p) => p.reference, text: (p) => p.reference },
        { id: 'pays', header: t('pays'), wideOnly: true, cell: (p) => p.paid.map(({ number }) => number).join(', '), text: (p) => p.paid.map(({ number }) => number).join(' ') },
        { id: 'unallocated', header: t('unallocated'), numeric: true, wideOnly: true, cell: (p) => !isZero(p.unallocated.amount) && <Money value={p.unallocated} />, text: (p) => p.unallocated.amount },
        { id: 'amount', header: t('amount'), numeric: true, cell: (p) => <Amount payment={p} />, text: (p) => p.amount.amount },
      ],
      load: (asked, signal) =>
        answered(
          api.GET('/api/v1/payments', {
            params: { query: { sort: '-date', ...asQuery<Query>(asked), subscriber } },
            ...(signal ? { signal } : {}),
          }),
        ),
      rowKey: (p) => p.id,
      empty: <Empty icon={Banknote} title={t('no_payments')} hint={t('no_payments_hint')} />,
    }),
    [t, subscriber],
  )
  return <DataTable list={list} />
}

function Amount({ payment }: { payment: Payment }) {
  const t = useSubscriberText()
  return (
    <>
      <Money value={payment.amount} />
      {payment.refunds.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('refunded')}
        </Text>
      )}
    </>
  )
}
