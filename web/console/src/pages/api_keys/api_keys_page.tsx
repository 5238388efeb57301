import { Button, Modal, Stack, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { StateBadge } from '../../parts/state_badge'
import { Copyable } from '../../ui/copyable'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { KeyRound, Plus } from '../../ui/icons'
import { Page } from '../../ui/page'
import { KeyDialog } from './key_dialog'
import { useKeyText } from './messages'

type Key = Schema<'ApiKey'>

export default function ApiKeysPage() {
  const t = useKeyText()
  const [isCreating, setCreating] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const [revoked, revoke] = useState<Key | null>(null)
  const list = useList(revoke)
  return (
    <Page
      title={t('title')}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setCreating(true)}>
          {t('new')}
        </Button>
      }
    >
      <DataTable list={list} />
      {isCreating && <KeyDialog onMade={setMade} onClose={() => setCreating(false)} />}
      {made && (
        <Modal opened onClose={() => setMade(null)} title={<Title order={2}>{t('key_title')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
          <Stack gap="sm">
            <Text size="sm">{t('key_about')}</Text>
            <Copyable value={made} />
          </Stack>
        </Modal>
      )}
      {revoked && (
        <CommandDialog
          done={t('revoke_done')}
          onClose={() => revoke(null)}
          action={{
            title: t('revoke'),
            about: t('revoke_about', { name: revoked.name }),
            confirm: t('revoke'),
            isGrave: true,
            initial: {},
            send: () => answered(api.DELETE('/api/v1/api-keys/{api_key}', { params: { path: { api_key: revoked.id } } })),
          }}
        />
      )}
    </Page>
  )
}

function useList(revoke: (key: Key) => void): ListOf<Key> {
  const t = useKeyText()
  return useMemo(
    () => ({
      name: 'api-keys',
      label: t('title'),
      columns: [
        { id: 'name', header: t('name'), cell: (k) => k.name, text: (k) => k.name },
        { id: 'role', header: t('role'), cell: (k) => t(`short_${k.role}`), text: (k) => k.role },
        { id: 'operator', header: t('operator'), wideOnly: true, cell: (k) => k.operator ?? t('all'), text: (k) => k.operator ?? '' },
        { id: 'created', header: t('created_at'), wideOnly: true, cell: (k) => <InstantText value={k.created_at} />, text: (k) => k.created_at },
        { id: 'state', header: t('state'), cell: (k) => <StateBadge tone={k.revoked_at ? 'quiet' : 'good'}>{t(k.revoked_at ? 'revoked' : 'in_use')}</StateBadge>, text: (k) => k.revoked_at ?? '' },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (k) =>
            !k.revoked_at && (
              <Button size="compact-sm" variant="default" onClick={() => revoke(k)}>
                {t('revoke')}
              </Button>
            ),
        },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/api-keys', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (k) => k.id,
      empty: <Empty icon={KeyRound} title={t('none')} hint={t('none_hint')} />,
    }),
    [t, revoke],
  )
}
