import { Alert, Anchor, Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { Copyable } from '../../ui/copyable'
import { DataTable } from '../../ui/data_table/data_table'
import type { ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { KeyRound, Plus, TriangleAlert } from '../../ui/icons'
import { ProviderDialog } from './provider_dialog'
import { RemoveProviderDialog } from './remove_provider_dialog'
import { listProviders, type Provider, useProviders } from './requests'
import { useSignOnText } from './sign_on_messages'

// Through whom people may sign on.
export default function SignOnTab() {
  const t = useSignOnText()
  const { data } = useProviders()
  const [isAdding, setAdding] = useState(false)
  const [added, setAdded] = useState<Provider | null>(null)
  const [removed, remove] = useState<Provider | null>(null)
  const list = useList(remove)
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
          {t('new')}
        </Button>
      </Group>
      {data?.public_url === null && (
        <Alert color="orange" icon={<TriangleAlert size={18} />} mb="sm">
          {t('callback_unknown')}
        </Alert>
      )}
      <DataTable list={list} />
      {isAdding && <ProviderDialog publicUrl={data?.public_url ?? null} onAdded={setAdded} onClose={() => setAdding(false)} />}
      {removed && <RemoveProviderDialog provider={removed} onClose={() => remove(null)} />}
      {added?.callback_url && (
        <Modal opened onClose={() => setAdded(null)} title={<Title order={2}>{t('added_title')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
          <Stack gap="sm">
            <Text size="sm">{t('added_about', { provider: added.label })}</Text>
            <Copyable value={added.callback_url} />
          </Stack>
        </Modal>
      )}
    </>
  )
}

function useList(remove: (provider: Provider) => void): ListOf<Provider> {
  const t = useSignOnText()
  return useMemo(
    () => ({
      name: 'sign-on-providers',
      label: t('tab'),
      columns: [
        { id: 'label', header: t('label'), cell: (p) => p.label, text: (p) => p.label },
        { id: 'name', header: t('name'), hidden: true, cell: (p) => p.name, text: (p) => p.name },
        { id: 'issuer', header: t('issuer'), wideOnly: true, cell: (p) => <span style={{ overflowWrap: 'anywhere' }}>{p.issuer}</span>, text: (p) => p.issuer },
        { id: 'client', header: t('client_id'), hidden: true, cell: (p) => p.client_id, text: (p) => p.client_id },
        { id: 'linked_by', header: t('linked_by'), wideOnly: true, cell: (p) => t(p.linked_by), text: (p) => p.linked_by },
        { id: 'callback', header: t('callback'), wideOnly: true, cell: (p) => (p.callback_url ? <Copyable value={p.callback_url} /> : '–'), text: (p) => p.callback_url ?? '' },
        {
          id: 'users', header: t('users'), numeric: true, text: (p) => `${p.users}`,
          cell: (p) => (
            <Anchor component={Link} to={`/users?provider=${p.name}`} aria-label={`${t('users')}: ${p.label}, ${p.users}`}>
              {p.users}
            </Anchor>
          ),
        },
        { id: 'created', header: t('created_at'), wideOnly: true, cell: (p) => <InstantText value={p.created_at} />, text: (p) => p.created_at },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (p) => (
            <Button size="compact-sm" variant="default" aria-label={t('remove_title', { provider: p.label })} onClick={() => remove(p)}>
              {t('remove')}
            </Button>
          ),
        },
      ],
      load: listProviders,
      rowKey: (p) => p.name,
      empty: <Empty icon={KeyRound} title={t('none')} hint={t('none_hint')} />,
    }),
    [t, remove],
  )
}
