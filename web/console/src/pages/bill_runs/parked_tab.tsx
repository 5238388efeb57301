import { Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { CircleCheck } from '../../ui/icons'
import { FactsDialog } from './facts_dialog'
import { useBillRunText } from './messages'
import { ReplayButton } from './replay_button'

type Parked = Schema<'ParkedAccount'>

export function ParkedTab() {
  const [shown, setShown] = useState<string | null>(null)
  const list = useList(setShown)
  return (
    <>
      <DataTable list={list} />
      {shown && <FactsDialog subscriber={shown} onClose={() => setShown(null)} />}
    </>
  )
}

function useList(show: (subscriber: string) => void): ListOf<Parked> {
  const t = useBillRunText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'parked-accounts',
      label: t('tab_parked'),
      columns: [
        { id: 'subscriber', header: t('subscriber'), cell: (p) => <SubscriberLink code={p.subscriber} />, text: (p) => p.subscriber },
        { id: 'date', header: t('date'), cell: (p) => <DateText value={p.date} />, text: (p) => p.date },
        { id: 'reason', header: t('reason'), cell: (p) => p.reason, text: (p) => p.reason },
        {
          id: 'actions', header: t('facts'), text: () => '',
          cell: (p) => (
            <Group gap="xs" wrap="nowrap">
              <Button size="compact-sm" variant="subtle" onClick={() => show(p.subscriber)}>
                {t('facts')}
              </Button>
              {isClerk && <ReplayButton subscriber={p.subscriber} />}
            </Group>
          ),
        },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/parked-accounts', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (p) => p.subscriber,
      empty: <Empty icon={CircleCheck} title={t('parked_none')} hint={t('parked_none_hint')} />,
    }),
    [t, isClerk, show],
  )
}
