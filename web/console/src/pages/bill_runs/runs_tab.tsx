import { Anchor, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import { useLanguage } from '../../i18n/language'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText, InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { formatCount, formatDate } from '../../ui/format'
import { CalendarClock, RefreshCw } from '../../ui/icons'
import { Money } from '../../ui/money'
import { useBillRunText } from './messages'
import { type BillRun, runPath } from './requests'
import { RunState } from './run_state'

export function RunsTab() {
  const list = useList()
  return (
    <Stack gap="sm">
      <Scheduled />
      <DataTable list={list} />
    </Stack>
  )
}

function Scheduled() {
  const t = useBillRunText()
  const { locale } = useLanguage()
  const { data } = useQuery({
    queryKey: ['schedule', 'billing'],
    queryFn: () => answered(api.GET('/api/v1/schedule/{task}', { params: { path: { task: 'billing' } } })),
  })
  if (!data) return null
  return (
    <Group gap="xs">
      <CalendarClock size={16} />
      <Text size="sm">
        {t('next')}: {data.enabled && data.next_date ? t('next_at', { date: formatDate(data.next_date, locale) }) : t('next_off')}
      </Text>
      <Anchor component={Link} to="/settings/schedule" fz="sm">
        {t('schedule')}
      </Anchor>
    </Group>
  )
}

function useList(): ListOf<BillRun> {
  const t = useBillRunText()
  const { locale } = useLanguage()
  return useMemo(
    () => ({
      name: 'bill-runs',
      label: t('title'),
      columns: [
        {
          id: 'through', header: t('through'), text: (r) => r.through,
          cell: (r) => (
            <Anchor component={Link} to={runPath(r.id)} fz="sm" fw={500}>
              <DateText value={r.through} />
            </Anchor>
          ),
        },
        { id: 'kind', header: t('kind'), cell: (r) => t(r.dry_run ? 'dry' : 'real'), text: (r) => (r.dry_run ? 'dry_run' : 'bill_run') },
        { id: 'state', header: t('state'), cell: (r) => <RunState state={r.state} />, text: (r) => r.state },
        { id: 'requested_at', header: t('asked'), wideOnly: true, cell: (r) => <InstantText value={r.requested_at} />, text: (r) => r.requested_at },
        { id: 'invoices', header: t('invoices'), numeric: true, wideOnly: true, cell: (r) => formatCount(r.totals.invoices, locale), text: (r) => `${r.totals.invoices}` },
        { id: 'credit_notes', header: t('credit_notes'), numeric: true, hidden: true, cell: (r) => formatCount(r.totals.credit_notes, locale), text: (r) => `${r.totals.credit_notes}` },
        { id: 'total', header: t('total'), numeric: true, cell: (r) => <Money value={r.totals.total} />, text: (r) => r.totals.total.amount },
        { id: 'parked', header: t('parked'), numeric: true, wideOnly: true, cell: (r) => formatCount(r.parked, locale), text: (r) => `${r.parked}` },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/bill-runs', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (r) => r.id,
      rowLink: (r) => runPath(r.id),
      empty: <Empty icon={RefreshCw} title={t('none')} hint={t('none_hint')} />,
    }),
    [t, locale],
  )
}
