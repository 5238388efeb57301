import { Anchor } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText, InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { formatCount } from '../../ui/format'
import { AlarmClock } from '../../ui/icons'
import { useCollectionText } from './messages'
import { RunState } from './run_state'

type Run = Schema<'CollectionRun'>

const counts = ['reminders', 'late_fees', 'suspended', 'terminated', 'resumed'] as const
const runPath = (run: string) => `/collection/runs/${encodeURIComponent(run)}`

export function RunsTab() {
  const list = useList()
  return <DataTable list={list} />
}

function useList(): ListOf<Run> {
  const t = useCollectionText()
  const { locale } = useLanguage()
  return useMemo(
    () => ({
      name: 'collection-runs',
      label: t('tab_runs'),
      columns: [
        {
          id: 'date', header: t('date'), text: (r) => r.date,
          cell: (r) => (
            <Anchor component={Link} to={runPath(r.id)} fz="sm" fw={500}>
              <DateText value={r.date} />
            </Anchor>
          ),
        },
        { id: 'state', header: t('state'), cell: (r) => <RunState state={r.state} />, text: (r) => r.state },
        { id: 'requested_at', header: t('asked'), wideOnly: true, cell: (r) => <InstantText value={r.requested_at} />, text: (r) => r.requested_at },
        { id: 'debtors', header: t('debtors'), numeric: true, cell: (r) => formatCount(r.progress.debtors, locale), text: (r) => `${r.progress.debtors}` },
        ...counts.map((name) => ({
          id: name, header: t(name), numeric: true, wideOnly: true, cell: (r: Run) => formatCount(r.progress[name], locale), text: (r: Run) => `${r.progress[name]}`,
        })),
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/collection-runs', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (r) => r.id,
      rowLink: (r) => runPath(r.id),
      empty: <Empty icon={AlarmClock} title={t('no_runs')} hint={t('no_runs_hint')} />,
    }),
    [t, locale],
  )
}
