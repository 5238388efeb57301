import { Anchor, Text } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { filled } from '../../parts/filled'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { SubscriberLink } from '../../parts/subscriber_link'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { AlarmClock } from '../../ui/icons'
import { Money } from '../../ui/money'
import { documentPath } from '../payments/requests'
import { useCollectionText } from './messages'

type Step = Schema<'CollectionStep'>
type Query = NonNullable<operations['list_collection_steps']['parameters']['query']>

// A page tells of as many debtors as it is asked for, each with a step for every document.
const steps_a_debtor = 5
const tones: Record<Step['step'], Tone> = { reminder: 'busy', late_fee: 'wait', suspension: 'wait', termination: 'bad' }

export function StepsTab() {
  const t = useCollectionText()
  const list = useMemo<ListOf<Step>>(
    () => ({
      name: 'collection-steps',
      label: t('tab_steps'),
      columns: [
        { id: 'subscriber', header: t('subscriber'), cell: (s) => <SubscriberLink code={s.subscriber} name={s.name} />, text: (s) => s.subscriber },
        { id: 'step', header: t('step'), cell: (s) => <StateBadge tone={tones[s.step]}>{t(s.step)}</StateBadge>, text: (s) => s.step },
        { id: 'cause', header: t('cause'), hidden: true, wideOnly: true, cell: (s) => s.cause && t(`for_${s.cause}`), text: (s) => s.cause ?? '' },
        {
          id: 'document', header: t('document'), wideOnly: true, text: (s) => s.document,
          cell: (s) =>
            s.document && (
              <Anchor component={Link} to={documentPath(s.document)} fz="sm">
                {s.document}
              </Anchor>
            ),
        },
        { id: 'due', header: t('due'), wideOnly: true, cell: (s) => <DateText value={s.due} />, text: (s) => s.due },
        { id: 'days', header: t('days'), wideOnly: true, cell: (s) => <Days days={s.days} />, text: (s) => `${s.days}` },
        { id: 'open', header: t('open'), numeric: true, cell: (s) => <Money value={s.open} />, text: (s) => s.open.amount },
      ],
      filters: [{ id: 'date', label: t('date'), kind: 'date' }],
      load: (asked, signal) =>
        filled({ ...asked, limit: Math.ceil(asked.limit / steps_a_debtor) }, (one) => answered(api.GET('/api/v1/collection-steps', { params: { query: asQuery<Query>(one) }, ...(signal ? { signal } : {}) }))),
      rowKey: (s) => `${s.subscriber} ${s.step} ${s.document}`,
      empty: <Empty icon={AlarmClock} title={t('none')} hint={t('none_hint')} />,
    }),
    [t],
  )
  return <DataTable list={list} />
}

function Days({ days }: { days: number }) {
  const t = useCollectionText()
  if (days === 0) return <Text size="sm">{t('on_the_day')}</Text>
  return <Text size="sm">{days > 0 ? t('days_late', { count: days }) : t('days_before', { count: -days })}</Text>
}
