import { Button, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered, platformApi } from '../../api/client'
import { StateBadge } from '../../parts/state_badge'
import { useSession } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { type Asked, asQuery, type ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { ScrollText } from '../../ui/icons'
import { Page } from '../../ui/page'
import { type AuditEntry, EntryDialog } from './entry_dialog'
import { useAuditText } from './messages'

// Days are chosen; the API takes instants. A day is the viewer's, as the times in the list are.
function withInstants({ since, until, ...asked }: Asked): Asked {
  const begin = (day: string | number | undefined) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined)
  const end = (day: string | number | undefined) => (day ? new Date(`${day}T23:59:59.999`).toISOString() : undefined)
  return { ...asked, since: begin(since), until: end(until) }
}

function listEntries({ scope, ...asked }: Asked, signal?: AbortSignal) {
  const by = scope === 'all' ? platformApi : api
  return answered(by.GET('/api/v1/audit-log', { params: { query: asQuery(withInstants(asked)) }, ...(signal ? { signal } : {}) }))
}

export default function AuditLogPage() {
  const t = useAuditText()
  const [shown, show] = useState<AuditEntry | null>(null)
  const list = useList(show)
  return (
    <Page title={t('title')}>
      <DataTable list={list} />
      {shown && <EntryDialog entry={shown} onClose={() => show(null)} />}
    </Page>
  )
}

function useList(show: (entry: AuditEntry) => void): ListOf<AuditEntry> {
  const t = useAuditText()
  const { ownsPlatform } = useSession()
  return useMemo(
    () => ({
      name: 'audit-log',
      label: t('title'),
      columns: [
        { id: 'at', header: t('at'), cell: (e) => <InstantText value={e.at} />, text: (e) => e.at },
        {
          id: 'who', header: t('who'), text: (e) => e.actor.name,
          cell: (e) => (
            <>
              {e.actor.name || e.actor.id}
              <Text size="xs" c="dimmed">
                {t(e.actor.kind)}
              </Text>
            </>
          ),
        },
        { id: 'operation', header: t('operation'), cell: (e) => e.operation, text: (e) => e.operation },
        { id: 'subscriber', header: t('subscriber'), wideOnly: true, cell: (e) => e.subscriber, text: (e) => e.subscriber ?? '' },
        { id: 'address', header: t('address'), wideOnly: true, cell: (e) => e.address, text: (e) => e.address },
        { id: 'status', header: t('status'), wideOnly: true, cell: (e) => <StateBadge tone={e.status < 400 ? 'good' : 'bad'}>{`${e.status}`}</StateBadge>, text: (e) => `${e.status}` },
        {
          id: 'actions', header: t('actions'), text: (e) => JSON.stringify(e.request),
          cell: (e) => (
            <Button size="compact-sm" variant="subtle" onClick={() => show(e)}>
              {t('show')}
            </Button>
          ),
        },
      ],
      filters: [
        // What is done to users or operators of the platform is of no operator.
        ...(ownsPlatform ? [{ id: 'scope', label: t('scope'), kind: 'choice' as const, options: [{ value: 'all', label: t('scope_all') }] }] : []),
        { id: 'user', label: t('user_filter'), kind: 'text' },
        { id: 'operation', label: t('operation'), kind: 'text' },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
        { id: 'since', label: t('since'), kind: 'date' },
        { id: 'until', label: t('until'), kind: 'date' },
      ],
      load: listEntries,
      rowKey: (e) => e.id,
      empty: <Empty icon={ScrollText} title={t('none')} hint={t('none_hint')} />,
    }),
    [t, show, ownsPlatform],
  )
}
