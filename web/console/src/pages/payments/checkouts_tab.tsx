import { Anchor, Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { CreditCard } from '../../ui/icons'
import { Money } from '../../ui/money'
import { usePaymentText } from './messages'
import { documentPath, paymentPath } from './requests'

type Checkout = Schema<'Checkout'>
type Query = NonNullable<operations['list_checkouts']['parameters']['query']>

const tones: Record<Checkout['state'], Tone> = { pending: 'busy', succeeded: 'good', failed: 'bad', expired: 'quiet', unknown: 'wait' }
const states = ['pending', 'succeeded', 'failed', 'expired', 'unknown'] as const

export default function CheckoutsTab() {
  const t = usePaymentText()
  const [asked, ask] = useState<string | null>(null)
  const list = useList(ask)
  return (
    <>
      <DataTable list={list} />
      {asked && (
        <CommandDialog
          done={t('ask')}
          onClose={() => ask(null)}
          action={{
            title: t('ask'),
            confirm: t('ask'),
            initial: {},
            send: () => answered(api.POST('/api/v1/checkouts/{checkout}/query', { params: { path: { checkout: asked } } })),
          }}
        />
      )}
    </>
  )
}

function useList(ask: (checkout: string) => void): ListOf<Checkout> {
  const t = usePaymentText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'checkouts',
      label: t('tab_checkouts'),
      columns: [
        { id: 'created', header: t('created'), cell: (c) => <InstantText value={c.created_at} />, text: (c) => c.created_at },
        { id: 'subscriber', header: t('subscriber'), cell: (c) => <SubscriberLink code={c.subscriber} />, text: (c) => c.subscriber },
        { id: 'kind', header: t('kind'), wideOnly: true, cell: (c) => t(`checkout_${c.kind}`), text: (c) => c.kind },
        { id: 'method', header: t('method'), wideOnly: true, cell: (c) => c.payment_method, text: (c) => c.payment_method },
        {
          id: 'document', header: t('document'), wideOnly: true, text: (c) => c.document ?? '',
          cell: (c) =>
            c.document && (
              <Anchor component={Link} to={documentPath(c.document)} fz="sm">
                {c.document}
              </Anchor>
            ),
        },
        { id: 'state', header: t('state'), cell: (c) => <StateBadge tone={tones[c.state]}>{t(`checkout_${c.state}`)}</StateBadge>, text: (c) => c.state },
        { id: 'message', header: t('message'), wideOnly: true, cell: (c) => c.message, text: (c) => c.message },
        { id: 'commission', header: t('commission'), numeric: true, hidden: true, cell: (c) => <Money value={c.commission} />, text: (c) => c.commission.amount },
        { id: 'total', header: t('total'), numeric: true, cell: (c) => <Money value={c.total} />, text: (c) => c.total.amount },
        {
          id: 'payment', header: t('actions'), text: (c) => c.payment ?? '',
          cell: (c) => {
            if (c.payment)
              return (
                <Anchor component={Link} to={paymentPath(c.payment)} fz="sm">
                  {t('tab_payments')}
                </Anchor>
              )
            return (
              <Group gap="xs" wrap="nowrap" justify="flex-end">
                {c.url && (
                  <Anchor href={c.url} target="_blank" rel="noreferrer" fz="sm">
                    {t('pay_page')}
                  </Anchor>
                )}
                {isClerk && (c.state === 'pending' || c.state === 'unknown') && (
                  <Button size="compact-sm" variant="default" onClick={() => ask(c.id)}>
                    {t('ask')}
                  </Button>
                )}
              </Group>
            )
          },
        },
      ],
      filters: [
        { id: 'state', label: t('state'), kind: 'choice', options: states.map((value) => ({ value, label: t(`checkout_${value}`) })) },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/checkouts', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (c) => c.id,
      empty: <Empty icon={CreditCard} title={t('no_checkouts')} hint={t('no_checkouts_hint')} />,
    }),
    [t, isClerk, ask],
  )
}
