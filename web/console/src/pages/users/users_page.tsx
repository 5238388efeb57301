import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { StateBadge } from '../../parts/state_badge'
import { Copyable } from '../../ui/copyable'
import { DataTable } from '../../ui/data_table/data_table'
import type { ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Plus, Users } from '../../ui/icons'
import { Page } from '../../ui/page'
import { LinkDialog } from './link_dialog'
import { useUserText } from './messages'
import { type MadeLink, type User, useUserRequests } from './requests'
import { UserDialog } from './user_dialog'

type Choice = { what: 'new' } | { what: 'edit' | 'link'; user: User }
export default function UsersPage() {
  const t = useUserText()
  const [choice, setChoice] = useState<Choice | null>(null)
  const [link, setLink] = useState<MadeLink | null>(null)
  const list = useList(setChoice)
  const close = () => setChoice(null)
  return (
    <Page
      title={t('title')}
      actions={
        <Button leftSection={<Plus size={16} />} onClick={() => setChoice({ what: 'new' })}>
          {t('new')}
        </Button>
      }
    >
      <DataTable list={list} />
      {choice?.what === 'new' && <UserDialog onLink={setLink} onClose={close} />}
      {choice?.what === 'edit' && <UserDialog user={choice.user} onLink={setLink} onClose={close} />}
      {choice?.what === 'link' && <LinkDialog user={choice.user} onLink={setLink} onClose={close} />}
      {link && (
        <Modal opened onClose={() => setLink(null)} title={<Title order={2}>{t('link_title')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
          <Stack gap="sm">
            <Text size="sm">{t('link_hint', { name: link.name })}</Text>
            <Copyable value={`${window.location.origin}${link.path}`} />
          </Stack>
        </Modal>
      )}
    </Page>
  )
}

function useList(choose: (choice: Choice) => void): ListOf<User> {
  const t = useUserText()
  const { list } = useUserRequests()
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
            </Group>
          ),
        },
      ],
      load: list,
      rowKey: (u) => u.id,
      empty: <Empty icon={Users} title={t('none')} hint={t('none_hint')} />,
    }),
    [t, choose, list],
  )
}
