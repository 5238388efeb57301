import { Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { filled } from '../../parts/filled'
import { StateBadge } from '../../parts/state_badge'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useToday } from '../../session/operator'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { DateField } from '../../ui/fields'
import { CreditCard } from '../../ui/icons'
import { Money } from '../../ui/money'
import { usePaymentText } from './messages'

type Charge = Schema<'AutomaticCharge'>
type Query = NonNullable<operations['list_automatic_charges']['parameters']['query']>

export default function AutomaticTab() {
  const t = usePaymentText()
  const today = useToday()
  const isClerk = useMay('clerk')
  const [isRunning, setRunning] = useState(false)
  const list = useList()
  return (
    <>
      {isClerk && (
        <Group justify="flex-end" mb="sm">
          <Button variant="default" onClick={() => setRunning(true)}>
            {t('run_charges')}
          </Button>
        </Group>
      )}
      <DataTable list={list} />
      {isRunning && (
        <CommandDialog
          done={t('run_done')}
          onClose={() => setRunning(false)}
          action={{
            title: t('run_charges'),
            about: t('run_about'),
            confirm: t('run_charges'),
            isGrave: true,
            initial: { date: today },
            fields: (form) => <DateField label={t('date')} required max={today} {...form.getInputProps('date')} />,
            send: ({ date }) => answered(api.POST('/api/v1/automatic-payment-runs', { body: { date } })),
          }}
        />
      )}
    </>
  )
}

function useList(): ListOf<Charge> {
  const t = usePaymentText()
  return useMemo(
    () => ({
      name: 'automatic-charges',
      label: t('tab_automatic'),
      columns: [
        { id: 'subscriber', header: t('subscriber'), cell: (c) => <SubscriberLink code={c.subscriber} name={c.name} />, text: (c) => c.subscriber },
        { id: 'what', header: t('what'), cell: (c) => t(`what_${c.what}`), text: (c) => c.what },
        { id: 'document', header: t('document'), wideOnly: true, cell: (c) => c.document, text: (c) => c.document ?? '' },
        { id: 'verdict', header: t('verdict'), cell: (c) => <StateBadge tone={c.verdict === 'charged' ? 'good' : 'quiet'}>{t(`verdict_${c.verdict}`)}</StateBadge>, text: (c) => c.verdict },
        { id: 'total', header: t('total'), numeric: true, cell: (c) => <Money value={c.total} />, text: (c) => c.total.amount },
      ],
      filters: [{ id: 'date', label: t('on_date'), kind: 'date' }],
      load: (asked, signal) =>
        filled(asked, (one) => answered(api.GET('/api/v1/automatic-charges', { params: { query: asQuery<Query>(one) }, ...(signal ? { signal } : {}) }))),
      rowKey: (c) => `${c.automatic_payment} ${c.document ?? ''}`,
      empty: <Empty icon={CreditCard} title={t('no_automatic')} hint={t('no_automatic_hint')} />,
    }),
    [t],
  )
}
