import { Button, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Page, Schema } from '../../api/types'
import { optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { SubscriberLink, subscriberPath } from '../../parts/subscriber_link'
import { useToday } from '../../session/operator'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { DateField } from '../../ui/fields'
import { isNegative } from '../../ui/format'
import { CircleCheck } from '../../ui/icons'
import { Money } from '../../ui/money'
import { useCollectionText } from './messages'

type Balance = Schema<'Balance'>
type Query = NonNullable<operations['list_balances']['parameters']['query']>

// The list begins with those who owe most: it ends where the first one owes nothing.
function owingOnly({ items, next }: Page<Balance>): Page<Balance> {
  const owing = items.filter(({ balance }) => isNegative(balance.amount))
  return { items: owing, next: owing.length < items.length ? null : next }
}

export function DebtorsTab() {
  const t = useCollectionText()
  const isClerk = useMay('clerk')
  const [held, hold] = useState<string | null>(null)
  const list = useMemo<ListOf<Balance>>(
    () => ({
      name: 'debtors',
      label: t('tab_debtors'),
      columns: [
        { id: 'subscriber', header: t('subscriber'), cell: (b) => <SubscriberLink code={b.subscriber} name={b.name} />, text: (b) => b.subscriber },
        { id: 'balance', header: t('balance'), numeric: true, cell: (b) => <Money value={b.balance} owing />, text: (b) => b.balance.amount },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (b) =>
            isClerk && (
              <Button size="compact-sm" variant="default" onClick={() => hold(b.subscriber)}>
                {t('hold')}
              </Button>
            ),
        },
      ],
      load: async (asked, signal) =>
        owingOnly(await answered(api.GET('/api/v1/balances', { params: { query: { ...asQuery<Query>(asked), sort: 'balance' } }, ...(signal ? { signal } : {}) }))),
      rowKey: (b) => b.subscriber,
      rowLink: (b) => subscriberPath(b.subscriber),
      empty: <Empty icon={CircleCheck} title={t('no_debtors')} hint={t('no_debtors_hint')} />,
    }),
    [t, isClerk],
  )
  return (
    <>
      <DataTable list={list} />
      {held && <HoldDialog subscriber={held} onClose={() => hold(null)} />}
    </>
  )
}

function HoldDialog({ subscriber, onClose }: { subscriber: string; onClose: () => void }) {
  const t = useCollectionText()
  const today = useToday()
  return (
    <CommandDialog
      done={t('held')}
      onClose={onClose}
      action={{
        title: t('hold'),
        about: t('hold_about', { subscriber }),
        confirm: t('hold'),
        initial: { until: '', reason: '' },
        fields: (form) => (
          <>
            <DateField label={t('until')} description={t('until_hint')} min={today} data-autofocus {...form.getInputProps('until')} />
            <TextInput label={t('reason')} {...form.getInputProps('reason')} />
          </>
        ),
        send: ({ until, reason }) =>
          answered(
            api.POST('/api/v1/subscribers/{subscriber}/collection-holds', {
              params: { path: { subscriber } },
              body: { ...optionalText('until', until), ...optionalText('reason', reason) },
            }),
          ),
      }}
    />
  )
}
