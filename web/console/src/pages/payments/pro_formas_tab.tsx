import { Button, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { FileText } from '../../ui/icons'
import { Money } from '../../ui/money'
import { usePaymentText } from './messages'

type Row = Schema<'ProFormaRow'>
type Query = NonNullable<operations['list_pro_formas']['parameters']['query']>

const tones: Record<Row['state'], Tone> = { open: 'wait', paid: 'good', expired: 'quiet', withdrawn: 'quiet' }

export default function ProFormasTab() {
  const t = usePaymentText()
  const [withdrawn, withdraw] = useState<string | null>(null)
  const list = useList(withdraw)
  return (
    <>
      <DataTable list={list} />
      {withdrawn && (
        <CommandDialog
          done={t('withdraw_done')}
          onClose={() => withdraw(null)}
          action={{
            title: `${t('withdraw')} ${withdrawn}`,
            about: t('withdraw_about'),
            confirm: t('withdraw'),
            isGrave: true,
            initial: { reason: '' },
            fields: (form) => <TextInput label={t('reason')} data-autofocus {...form.getInputProps('reason')} />,
            send: ({ reason }) =>
              answered(
                api.POST('/api/v1/pro-formas/{pro_forma}/withdraw', { params: { path: { pro_forma: withdrawn } }, body: optionalText('reason', reason) }),
              ),
          }}
        />
      )}
    </>
  )
}

function useList(withdraw: (number: string) => void): ListOf<Row> {
  const t = usePaymentText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'pro-formas',
      label: t('tab_pro_formas'),
      columns: [
        { id: 'number', header: t('number'), cell: (p) => p.number, text: (p) => p.number },
        { id: 'subscriber', header: t('subscriber'), cell: (p) => <SubscriberLink code={p.subscriber} name={p.name} />, text: (p) => p.subscriber },
        { id: 'purpose', header: t('purpose'), wideOnly: true, cell: (p) => t(`purpose_${p.purpose}`), text: (p) => p.purpose },
        { id: 'date', header: t('date'), wideOnly: true, cell: (p) => <DateText value={p.date} />, text: (p) => p.date },
        { id: 'expires', header: t('expires'), wideOnly: true, cell: (p) => <DateText value={p.expires_on} />, text: (p) => p.expires_on },
        { id: 'runs_out', header: t('runs_out'), wideOnly: true, cell: (p) => <DateText value={p.runs_out_on} />, text: (p) => p.runs_out_on ?? '' },
        { id: 'state', header: t('state'), cell: (p) => <StateBadge tone={tones[p.state]}>{t(`pf_${p.state}`)}</StateBadge>, text: (p) => p.state },
        { id: 'total', header: t('total'), numeric: true, cell: (p) => <Money value={p.total} />, text: (p) => p.total.amount },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (p) =>
            isClerk && p.state === 'open' && (
              <Button size="compact-sm" variant="default" onClick={() => withdraw(p.number)}>
                {t('withdraw')}
              </Button>
            ),
        },
      ],
      filters: [
        { id: 'state', label: t('state'), kind: 'choice', options: (['open', 'paid', 'expired', 'withdrawn'] as const).map((value) => ({ value, label: t(`pf_${value}`) })) },
        { id: 'purpose', label: t('purpose'), kind: 'choice', options: (['order', 'projected_spending'] as const).map((value) => ({ value, label: t(`purpose_${value}`) })) },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/pro-formas', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (p) => p.number,
      empty: <Empty icon={FileText} title={t('no_pro_formas')} hint={t('no_pro_formas_hint')} />,
    }),
    [t, isClerk, withdraw],
  )
}
