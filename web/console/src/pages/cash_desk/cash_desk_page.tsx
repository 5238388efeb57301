import { Anchor, Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { StateBadge } from '../../parts/state_badge'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText, InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Plus, Wallet } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { useCashText } from './messages'
import { OpenDialog } from './open_dialog'
import { shiftPath } from './paths'

type Shift = Schema<'CashShift'>
type Query = NonNullable<operations['list_cash_shifts']['parameters']['query']>

export default function CashDeskPage() {
  const t = useCashText()
  const isCashier = useMay('cashier')
  const [isOpening, setOpening] = useState(false)
  const list = useList()
  return (
    <Page
      title={t('title')}
      actions={
        isCashier && (
          <Button leftSection={<Plus size={16} />} onClick={() => setOpening(true)}>
            {t('open_shift')}
          </Button>
        )
      }
    >
      <DataTable list={list} />
      {isOpening && <OpenDialog onClose={() => setOpening(false)} />}
    </Page>
  )
}

function useList(): ListOf<Shift> {
  const t = useCashText()
  return useMemo(
    () => ({
      name: 'cash-shifts',
      label: t('shifts'),
      columns: [
        {
          id: 'desk', header: t('desk'), text: (s) => s.desk,
          cell: (s) => (
            <Anchor component={Link} to={shiftPath(s.id)} fz="sm" fw={500}>
              {s.desk}
            </Anchor>
          ),
        },
        { id: 'date', header: t('date'), cell: (s) => <DateText value={s.date} />, text: (s) => s.date },
        { id: 'clerk', header: t('clerk'), wideOnly: true, cell: (s) => s.clerk, text: (s) => s.clerk },
        { id: 'state', header: t('state'), cell: (s) => <StateBadge tone={s.state === 'open' ? 'busy' : 'quiet'}>{t(s.state)}</StateBadge>, text: (s) => s.state },
        { id: 'payments', header: t('payments'), numeric: true, wideOnly: true, cell: (s) => <Money value={s.payments} />, text: (s) => s.payments.amount },
        { id: 'refunds', header: t('refunds'), numeric: true, wideOnly: true, cell: (s) => <Money value={s.refunds} />, text: (s) => s.refunds.amount },
        { id: 'expected', header: t('expected'), numeric: true, cell: (s) => <Money value={s.expected} />, text: (s) => s.expected.amount },
        { id: 'counted', header: t('counted'), numeric: true, wideOnly: true, cell: (s) => <Money value={s.counted} />, text: (s) => s.counted?.amount ?? '' },
        { id: 'difference', header: t('difference'), numeric: true, wideOnly: true, cell: (s) => <Money value={s.difference} owing signed />, text: (s) => s.difference?.amount ?? '' },
        { id: 'closed_at', header: t('closed_at'), hidden: true, cell: (s) => <InstantText value={s.closed_at} />, text: (s) => s.closed_at ?? '' },
      ],
      filters: [
        { id: 'state', label: t('state'), kind: 'choice', options: (['open', 'closed'] as const).map((value) => ({ value, label: t(value) })) },
        { id: 'desk', label: t('desk'), kind: 'text' },
        { id: 'date', label: t('date'), kind: 'date' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/cash-shifts', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (s) => s.id,
      rowLink: (s) => shiftPath(s.id),
      empty: <Empty icon={Wallet} title={t('none')} hint={t('none_hint')} />,
    }),
    [t],
  )
}
