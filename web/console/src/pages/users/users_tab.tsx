import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { StateBadge } from '../../parts/state_badge'
import { Copyable } from '../../ui/copyable'
import { DataTable } from '../../ui/data_table/data_table'
import type { ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Plus, Users } from '../../ui/icons'
import { LinkDialog } from './link_dialog'
import { useUserText } from './messages'
import { type MadeLink, type User, useProviders, useUserRequests } from './requests'
import { useSignOnText } from './sign_on_messages'
import { UnlinkDialog } from './unlink_dialog'
import { UserDialog } from './user_dialog'

type Choice = { what: 'new' } | { what: 'edit' | 'link' | 'unlink'; user: User }

export function UsersTab() {
  const t = useUserText()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [link, setLink] = useState<MadeLink | null>(null)
  const list = useList(setChoice)
  const close = () => setChoice(null)
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <Button leftSection={<Plus size={16} />} onClick={() => setChoice({ what: 'new' })}>
          {t('new')}
        </Button>
      </Group>
      <DataTable list={list} />
      {choice?.what === 'new' && <UserDialog onLink={setLink} onClose={close} />}
      {choice?.what === 'edit' && <UserDialog user={choice.user} onLink={setLink} onClose={close} />}
      {choice?.what === 'link' && <LinkDialog user={choice.user} onLink={setLink} onClose={close} />}
      {choice?.what === 'unlink' && <UnlinkDialog user={choice.user} onClose={close} />}
      {link && (
        <Modal opened onClose={() => setLink(null)} title={<Title order={2}>{t('link_title')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
          <Stack gap="sm">
            <Text size="sm">{t('link_hint', { name: link.name })}</Text>
            <Copyable value={`${window.location.origin}${link.path}`} />
          </Stack>
        </Modal>
      )}
    </>
  )
}

function useList(choose: (choice: Choice) => void): ListOf<User> {
  const t = useUserText()
  const sign_on = useSignOnText()
  const { list } = useUserRequests()
  const providers = useProviders().data?.items
  return useMemo(
    () => ({
      name: 'users',
      label: t('title'),
      columns: [
        { id: 'name', header: t('name'), cell: (u) => u.name, text: (u) => u.name },
        { id: 'login', header: t('login'), wideOnly: true, cell: (u) => u.login, text: (u) => u.login },
        {
          id: 'roles', header: t('roles'), text: (u) => u.grants.map(({ operator, role }) => `${operator ?? '*'}:${role}`).join(' '),
          cell: (u) => u.grants.map(({ operator, role }) => `${operator ?? t('all')}: ${t(role)}`).join(' · '),
        },
        {
          id: 'signs_in_with', header: sign_on('signs_in_with'), wideOnly: true, text: (u) => [...(u.has_password ? ['password'] : []), ...u.identities.map(({ provider }) => provider)].join(' '),
          cell: (u) => [...(u.has_password ? [sign_on('password')] : []), ...u.identities.map(({ label }) => label)].join(', ') || sign_on('nothing'),
        },
        { id: 'two_factor', header: t('second_factor'), wideOnly: true, cell: (u) => t(u.two_factor ? 'yes' : 'no'), text: (u) => `${u.two_factor}` },
        { id: 'last', header: t('last'), wideOnly: true, cell: (u) => <InstantText value={u.last_signed_in_at} />, text: (u) => u.last_signed_in_at ?? '' },
        { id: 'created', header: t('created_at'), hidden: true, cell: (u) => <InstantText value={u.created_at} />, text: (u) => u.created_at },
        { id: 'state', header: t('state'), wideOnly: true, cell: (u) => <StateBadge tone={u.disabled ? 'quiet' : 'good'}>{t(u.disabled ? 'disabled' : 'active')}</StateBadge>, text: (u) => `${u.disabled}` },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (user) => (
            <Group gap="xs" wrap="nowrap">
              <Button size="compact-sm" variant="default" onClick={() => choose({ what: 'edit', user })}>
                {t('edit')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => choose({ what: 'link', user })}>
                {t('link')}
              </Button>
              {user.identities.length > 0 && (
                <Button size="compact-sm" variant="default" onClick={() => choose({ what: 'unlink', user })}>
                  {sign_on('unlink')}
                </Button>
              )}
            </Group>
          ),
        },
      ],
      ...(providers?.length ? { filters: [{ id: 'provider', label: sign_on('provider'), kind: 'choice' as const, options: providers.map(({ name, label }) => ({ value: name, label })) }] } : {}),
      load: list,
      rowKey: (u) => u.id,
      empty: <Empty icon={Users} title={t('none')} hint={t('none_hint')} />,
    }),
    [t, sign_on, providers, choose, list],
  )
}
