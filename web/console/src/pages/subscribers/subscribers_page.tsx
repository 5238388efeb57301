import { Anchor, Button, Text } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { Import, ShoppingCart, Users } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { BulkActions } from './bulk_actions'
import { useSubscriberText } from './messages'
import type { Subscriber } from './queries'

type Query = NonNullable<operations['list_subscribers']['parameters']['query']>

export const subscriberLink = (code: string) => `/subscribers/${encodeURIComponent(code)}`

export default function SubscribersPage() {
  const t = useSubscriberText()
  const list = useList()
  const isClerk = useMay('clerk')
  return (
    <Page
      title={t('subscribers')}
      actions={
        isClerk && (
          <Button component={Link} to="/sell" leftSection={<ShoppingCart size={16} />}>
            {t('sell')}
          </Button>
        )
      }
    >
      <DataTable list={list} />
    </Page>
  )
}

function useList(): ListOf<Subscriber> {
  const t = useSubscriberText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'subscribers',
      label: t('subscribers'),
      columns: [
        { id: 'name', header: t('name'), sort: 'name', cell: (s) => <Name subscriber={s} />, text: (s) => s.name },
        { id: 'code', header: t('code'), sort: 'code', wideOnly: true, cell: (s) => s.code, text: (s) => s.code },
        { id: 'contact', header: t('contact'), wideOnly: true, hidden: true, cell: (s) => s.contact, text: (s) => s.contact },
        { id: 'organization', header: t('organization'), hidden: true, wideOnly: true, cell: (s) => s.organization, text: (s) => s.organization },
        { id: 'category', header: t('category'), wideOnly: true, cell: (s) => s.category, text: (s) => s.category },
        { id: 'region', header: t('region'), wideOnly: true, cell: (s) => s.region, text: (s) => s.region },
        { id: 'pop', header: t('pop'), wideOnly: true, cell: (s) => s.pop, text: (s) => s.pop },
        { id: 'country', header: t('country'), hidden: true, wideOnly: true, cell: (s) => s.country, text: (s) => s.country },
        { id: 'email', header: t('email'), hidden: true, wideOnly: true, cell: (s) => s.email, text: (s) => s.email },
        { id: 'balance', header: t('balance'), sort: 'balance', numeric: true, cell: (s) => <Money value={s.balance} owing />, text: (s) => s.balance.amount },
      ],
      filters: [
        { id: 'q', label: t('search'), kind: 'search' },
        { id: 'category', label: t('category'), kind: 'text' },
        { id: 'region', label: t('region'), kind: 'text' },
        { id: 'pop', label: t('pop'), kind: 'text' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/subscribers', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (s) => s.code,
      rowLink: (s) => subscriberLink(s.code),
      empty: <NoSubscribers />,
      ...(isClerk ? { bulk: (chosen: Subscriber[], done: () => void) => <BulkActions chosen={chosen} onDone={done} /> } : {}),
    }),
    [t, isClerk],
  )
}

function Name({ subscriber: { code, name, contact, organization } }: { subscriber: Subscriber }) {
  return (
    <>
      <Anchor component={Link} to={subscriberLink(code)} fz="sm" fw={500}>
        <bdi>{name || code}</bdi>
      </Anchor>
      {organization && contact && (
        <Text size="xs" c="dimmed">
          <bdi>{contact}</bdi>
        </Text>
      )}
    </>
  )
}

function NoSubscribers() {
  const t = useSubscriberText()
  return (
    <Empty icon={Users} title={t('none')} hint={t('none_hint')}>
      <Button.Group mt="sm">
        <Button component={Link} to="/sell" leftSection={<ShoppingCart size={16} />}>
          {t('sell')}
        </Button>
        <Button component={Link} to="/import" variant="default" leftSection={<Import size={16} />}>
          {t('import')}
        </Button>
      </Button.Group>
    </Empty>
  )
}
