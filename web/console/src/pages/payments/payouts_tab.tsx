import { Anchor, Button, Group, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { InstantText } from '../../ui/dates'
import { formatMoney } from '../../ui/format'
import { HandCoins } from '../../ui/icons'
import { Money } from '../../ui/money'
import { usePaymentText } from './messages'
import { paymentPath } from './requests'

type Payout = Schema<'Payout'>
type Query = NonNullable<operations['list_payouts']['parameters']['query']>
type Choice = { payout: Payout; what: 'pay' | 'cancel' | 'query' }

const tones: Record<Payout['state'], Tone> = { under_way: 'busy', open: 'wait', paid: 'good', cancelled: 'quiet' }

export default function PayoutsTab() {
  const [choice, setChoice] = useState<Choice | null>(null)
  const list = useList(setChoice)
  return (
    <>
      <DataTable list={list} />
      {choice && <PayoutDialog choice={choice} onClose={() => setChoice(null)} />}
    </>
  )
}

function PayoutDialog({ choice: { payout, what }, onClose }: { choice: Choice; onClose: () => void }) {
  const t = usePaymentText()
  const { locale } = useLanguage()
  const params = { path: { payout: payout.id } }
  if (what === 'pay')
    return (
      <CommandDialog
        done={t('pay_done')}
        onClose={onClose}
        action={{
          title: t('pay'),
          about: t('pay_about', { amount: formatMoney(payout.amount, locale), subscriber: payout.name || payout.subscriber }),
          confirm: t('pay'),
          initial: { reference: '' },
          fields: (form) => <TextInput label={t('reference')} data-autofocus {...form.getInputProps('reference')} />,
          send: ({ reference }) => answered(api.POST('/api/v1/payouts/{payout}/pay', { params, body: optionalText('reference', reference) })),
        }}
      />
    )
  if (what === 'query')
    return (
      <CommandDialog
        done={t('ask')}
        onClose={onClose}
        action={{ title: t('ask'), confirm: t('ask'), initial: {}, send: () => answered(api.POST('/api/v1/payouts/{payout}/query', { params })) }}
      />
    )
  return (
    <CommandDialog
      done={t('cancel_done')}
      onClose={onClose}
      action={{
        title: t('cancel'),
        about: t('cancel_about'),
        confirm: t('cancel'),
        isGrave: true,
        initial: {},
        send: () => answered(api.POST('/api/v1/payouts/{payout}/cancel', { params })),
      }}
    />
  )
}

function useList(choose: (choice: Choice) => void): ListOf<Payout> {
  const t = usePaymentText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'payouts',
      label: t('tab_payouts'),
      columns: [
        { id: 'subscriber', header: t('subscriber'), cell: (p) => <SubscriberLink code={p.subscriber} name={p.name} />, text: (p) => p.subscriber },
        { id: 'state', header: t('state'), cell: (p) => <StateBadge tone={tones[p.state]}>{t(`payout_${p.state}`)}</StateBadge>, text: (p) => p.state },
        { id: 'through', header: t('through_column'), wideOnly: true, cell: (p) => t(p.through), text: (p) => p.through },
        { id: 'amount', header: t('amount'), numeric: true, cell: (p) => <Money value={p.amount} />, text: (p) => p.amount.amount },
        {
          id: 'payment', header: t('tab_payments'), wideOnly: true, text: (p) => p.payment,
          cell: (p) => (
            <Anchor component={Link} to={paymentPath(p.payment)} fz="sm">
              {p.payment}
            </Anchor>
          ),
        },
        { id: 'reference', header: t('reference'), wideOnly: true, cell: (p) => p.reference, text: (p) => p.reference },
        { id: 'message', header: t('message'), wideOnly: true, hidden: true, cell: (p) => p.message, text: (p) => p.message },
        { id: 'created', header: t('created'), wideOnly: true, cell: (p) => <InstantText value={p.created_at} />, text: (p) => p.created_at },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (p) =>
            isClerk && (
              <Group gap="xs" wrap="nowrap">
                {p.state === 'open' && (
                  <Button size="compact-sm" variant="light" onClick={() => choose({ payout: p, what: 'pay' })}>
                    {t('pay')}
                  </Button>
                )}
                {p.state === 'open' && (
                  <Button size="compact-sm" variant="default" onClick={() => choose({ payout: p, what: 'cancel' })}>
                    {t('cancel')}
                  </Button>
                )}
                {p.state === 'under_way' && (
                  <Button size="compact-sm" variant="default" onClick={() => choose({ payout: p, what: 'query' })}>
                    {t('ask')}
                  </Button>
                )}
              </Group>
            ),
        },
      ],
      filters: [
        { id: 'state', label: t('state'), kind: 'choice', options: (['open', 'under_way', 'paid', 'cancelled'] as const).map((value) => ({ value, label: t(`payout_${value}`) })) },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/payouts', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (p) => p.id,
      empty: <Empty icon={HandCoins} title={t('no_payouts')} hint={t('no_payouts_hint')} />,
    }),
    [t, isClerk, choose],
  )
}
