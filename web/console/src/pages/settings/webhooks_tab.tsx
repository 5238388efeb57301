import { Button, Group, Menu, Modal, Stack, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { api, answered } from '../../api/client'
import { StateBadge } from '../../parts/state_badge'
import { useMay } from '../../session/session'
import { Copyable } from '../../ui/copyable'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { Bell, Ellipsis, Plus } from '../../ui/icons'
import { useSettingsPageText } from './messages'
import { type Endpoint, EndpointCommand, type EndpointCommandName } from './endpoint_commands'
import { EndpointDialog } from './endpoint_dialog'

type Choice = { what: 'new' } | { what: 'edit'; endpoint: Endpoint } | { what: EndpointCommandName; endpoint: Endpoint }

export default function WebhooksTab() {
  const t = useSettingsPageText()
  const isOwner = useMay('owner')
  const [choice, setChoice] = useState<Choice | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const list = useList(setChoice)
  const close = () => setChoice(null)
  return (
    <>
      {isOwner && (
        <Group justify="flex-end" mb="sm">
          <Button leftSection={<Plus size={16} />} onClick={() => setChoice({ what: 'new' })}>
            {t('new_endpoint')}
          </Button>
        </Group>
      )}
      <DataTable list={list} />
      {choice?.what === 'new' && <EndpointDialog onSecret={setSecret} onClose={close} />}
      {choice?.what === 'edit' && <EndpointDialog endpoint={choice.endpoint} onSecret={setSecret} onClose={close} />}
      {choice && choice.what !== 'new' && choice.what !== 'edit' && <EndpointCommand what={choice.what} endpoint={choice.endpoint} onSecret={setSecret} onClose={close} />}
      {secret && (
        <Modal opened onClose={() => setSecret(null)} title={<Title order={2}>{t('secret_title')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
          <Stack gap="sm">
            <Text size="sm">{t('secret_about')}</Text>
            <Copyable value={secret} />
          </Stack>
        </Modal>
      )}
    </>
  )
}

function useList(choose: (choice: Choice) => void): ListOf<Endpoint> {
  const t = useSettingsPageText()
  const isOwner = useMay('owner')
  return useMemo(
    () => ({
      name: 'webhook-endpoints',
      label: t('tab_webhooks'),
      columns: [
        { id: 'url', header: t('url'), cell: (e) => <span style={{ overflowWrap: 'anywhere' }}>{e.url}</span>, text: (e) => e.url },
        { id: 'description', header: t('description'), wideOnly: true, cell: (e) => e.description, text: (e) => e.description },
        { id: 'events', header: t('events'), wideOnly: true, cell: (e) => e.event_types.join(', ') || t('all_events'), text: (e) => e.event_types.join(' ') },
        { id: 'state', header: t('state'), cell: (e) => <StateBadge tone={e.enabled ? 'good' : 'quiet'}>{t(e.enabled ? 'enabled' : 'disabled')}</StateBadge>, text: (e) => `${e.enabled}` },
        { id: 'actions', header: t('actions'), text: () => '', cell: (endpoint) => isOwner && <EndpointMenu endpoint={endpoint} choose={choose} /> },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/webhook-endpoints', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (e) => e.id,
      empty: <Empty icon={Bell} title={t('no_endpoints')} hint={t('no_endpoints_hint')} />,
    }),
    [t, isOwner, choose],
  )
}

function EndpointMenu({ endpoint, choose }: { endpoint: Endpoint; choose: (choice: Choice) => void }) {
  const t = useSettingsPageText()
  const navigate = useNavigate()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="default" aria-label={`${t('actions')} ${endpoint.url}`}>
          <Ellipsis size={16} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose({ what: 'edit', endpoint })}>{t('edit')}</Menu.Item>
        <Menu.Item onClick={() => navigate(`/settings/deliveries?endpoint=${endpoint.id}`)}>{t('deliveries')}</Menu.Item>
        {(['test', 'replay', 'rotate', 'remove'] as const).map((what) => (
          <Menu.Item key={what} color={what === 'remove' ? 'red' : undefined} onClick={() => choose({ what, endpoint })}>
            {t(what)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
