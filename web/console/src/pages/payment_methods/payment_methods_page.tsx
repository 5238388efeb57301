import { Anchor, Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import { StateBadge } from '../../parts/state_badge'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { CreditCard, Plus } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { CreateDialog } from './create_dialog'
import { useMethodText } from './messages'
import { type Method, methodPath } from './requests'

export default function PaymentMethodsPage() {
  const t = useMethodText()
  const isOwner = useMay('owner')
  const [isCreating, setCreating] = useState(false)
  const list = useList()
  return (
    <Page
      title={t('title')}
      actions={
        isOwner && (
          <Button leftSection={<Plus size={16} />} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      <DataTable list={list} />
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
    </Page>
  )
}

function useList(): ListOf<Method> {
  const t = useMethodText()
  return useMemo(
    () => ({
      name: 'payment-methods',
      label: t('title'),
      columns: [
        {
          id: 'name', header: t('name'), text: (m) => m.name,
          cell: (m) => (
            <Anchor component={Link} to={methodPath(m.code)} fz="sm" fw={500}>
              {m.name}
            </Anchor>
          ),
        },
        { id: 'code', header: t('code'), wideOnly: true, cell: (m) => m.code, text: (m) => m.code },
        { id: 'gateway', header: t('gateway'), wideOnly: true, cell: (m) => m.gateway, text: (m) => m.gateway },
        {
          id: 'state', header: t('state'), text: (m) => (m.enabled ? 'enabled' : 'disabled'),
          cell: (m) => (
            <Group gap={4}>
              <StateBadge tone={m.enabled ? 'good' : 'quiet'}>{t(m.enabled ? 'enabled' : 'disabled')}</StateBadge>
              {m.test_mode && <StateBadge tone="wait">{t('test')}</StateBadge>}
            </Group>
          ),
        },
        { id: 'minimum', header: t('minimum'), numeric: true, wideOnly: true, cell: (m) => <Money value={m.minimum} />, text: (m) => m.minimum?.amount ?? '' },
        { id: 'maximum', header: t('maximum'), numeric: true, wideOnly: true, cell: (m) => <Money value={m.maximum} />, text: (m) => m.maximum?.amount ?? '' },
        {
          id: 'commission', header: t('commission'), numeric: true, wideOnly: true, text: (m) => `${m.commission.percent} ${m.commission.fixed.amount}`,
          cell: (m) => (
            <>
              {m.commission.percent} % + <Money value={m.commission.fixed} />
            </>
          ),
        },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/payment-methods', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (m) => m.code,
      rowLink: (m) => methodPath(m.code),
      empty: <Empty icon={CreditCard} title={t('none')} hint={t('none_hint')} />,
    }),
    [t],
  )
}
