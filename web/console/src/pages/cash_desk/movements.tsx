import { Anchor } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { SubscriberLink } from '../../parts/subscriber_link'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Receipt } from '../../ui/icons'
import { Money } from '../../ui/money'
import { useCashText } from './messages'
import { receiptPath } from './paths'

export function Movements({ shift }: { shift: string }) {
  const t = useCashText()
  const list = useMemo<ListOf<Schema<'CashMovement'>>>(
    () => ({
      name: `cash-movements-${shift}`,
      label: t('movements'),
      columns: [
        { id: 'at', header: t('at'), cell: (m) => <InstantText value={m.at} />, text: (m) => m.at },
        { id: 'kind', header: t('kind'), cell: (m) => t(`kind_${m.kind}`), text: (m) => m.kind },
        { id: 'who', header: t('who'), cell: (m) => (m.subscriber ? <SubscriberLink code={m.subscriber} name={m.name} /> : m.reason), text: (m) => m.subscriber ?? m.reason },
        {
          id: 'receipt', header: t('receipt'), wideOnly: true, text: (m) => m.receipt ?? '',
          cell: (m) =>
            m.receipt && (
              <Anchor component={Link} to={receiptPath(m.receipt)} fz="sm">
                {m.receipt}
              </Anchor>
            ),
        },
        { id: 'amount', header: t('amount'), numeric: true, cell: (m) => <Money value={m.amount} />, text: (m) => m.amount.amount },
      ],
      load: (asked, signal) =>
        answered(
          api.GET('/api/v1/cash-shifts/{cash_shift}/movements', { params: { path: { cash_shift: shift }, query: asQuery(asked) }, ...(signal ? { signal } : {}) }),
        ),
      rowKey: (m) => m.id,
      empty: <Empty icon={Receipt} title={t('no_movements')} hint={t('no_movements_hint')} />,
    }),
    [t, shift],
  )
  return <DataTable list={list} />
}
