import { Anchor, Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Plus, Receipt } from '../../ui/icons'
import { Money } from '../../ui/money'
import { BounceDialog, type Cheque, ClearDialog, ReceiveDialog } from './cheque_dialogs'
import { usePaymentText } from './messages'
import { paymentPath } from './requests'

type Query = NonNullable<operations['list_cheques']['parameters']['query']>
type Choice = { what: 'receive' } | { what: 'clear' | 'bounce'; cheque: Cheque }

const tones: Record<Cheque['state'], Tone> = { received: 'wait', cleared: 'good', bounced: 'bad' }

export default function ChequesTab() {
  const t = usePaymentText()
  const isCashier = useMay('cashier')
  const [choice, setChoice] = useState<Choice | null>(null)
  const list = useList(setChoice)
  const close = () => setChoice(null)
  return (
    <>
      {isCashier && (
        <Group justify="flex-end" mb="sm">
          <Button leftSection={<Plus size={16} />} onClick={() => setChoice({ what: 'receive' })}>
            {t('receive')}
          </Button>
        </Group>
      )}
      <DataTable list={list} />
      {choice?.what === 'receive' && <ReceiveDialog onClose={close} />}
      {choice?.what === 'clear' && <ClearDialog cheque={choice.cheque} onClose={close} />}
      {choice?.what === 'bounce' && <BounceDialog cheque={choice.cheque} onClose={close} />}
    </>
  )
}

function useList(choose: (choice: Choice) => void): ListOf<Cheque> {
  const t = usePaymentText()
  const isClerk = useMay('clerk')
  const isCashier = useMay('cashier')
  return useMemo(
    () => ({
      name: 'cheques',
      label: t('tab_cheques'),
      columns: [
        {
          id: 'number', header: t('number'), text: (c) => c.number,
          cell: (c) => (
            <Anchor component={Link} to={paymentPath(c.payment)} fz="sm" fw={500}>
              {c.number}
            </Anchor>
          ),
        },
        { id: 'subscriber', header: t('subscriber'), cell: (c) => <SubscriberLink code={c.subscriber} />, text: (c) => c.subscriber },
        { id: 'bank', header: t('bank'), wideOnly: true, cell: (c) => c.bank, text: (c) => c.bank },
        { id: 'date', header: t('date'), wideOnly: true, cell: (c) => <DateText value={c.date} />, text: (c) => c.date },
        { id: 'state', header: t('state'), cell: (c) => <StateBadge tone={tones[c.state]}>{t(`cheque_${c.state}`)}</StateBadge>, text: (c) => c.state },
        { id: 'settled', header: t('settled'), wideOnly: true, cell: (c) => <DateText value={c.settled_on} />, text: (c) => c.settled_on ?? '' },
        { id: 'reason', header: t('reason'), wideOnly: true, cell: (c) => c.reason, text: (c) => c.reason },
        { id: 'amount', header: t('amount'), numeric: true, cell: (c) => <Money value={c.amount} />, text: (c) => c.amount.amount },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (cheque) =>
            isCashier && cheque.state === 'received' && (
              <Group gap="xs" wrap="nowrap">
                <Button size="compact-sm" variant="light" onClick={() => choose({ what: 'clear', cheque })}>
                  {t('clear')}
                </Button>
                {isClerk && (
                  <Button size="compact-sm" variant="default" onClick={() => choose({ what: 'bounce', cheque })}>
                    {t('bounce')}
                  </Button>
                )}
              </Group>
            ),
        },
      ],
      filters: [
        { id: 'state', label: t('state'), kind: 'choice', options: (['received', 'cleared', 'bounced'] as const).map((value) => ({ value, label: t(`cheque_${value}`) })) },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/cheques', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (c) => c.id,
      empty: <Empty icon={Receipt} title={t('no_cheques')} hint={t('no_cheques_hint')} />,
    }),
    [t, isClerk, isCashier, choose],
  )
}
