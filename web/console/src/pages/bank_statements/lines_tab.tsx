import { Anchor, Button, Group, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { FileUp, Landmark } from '../../ui/icons'
import { Money } from '../../ui/money'
import { paymentPath } from '../payments/requests'
import { AssignDialog, SetAsideDialog, TakeBackDialog } from './line_dialogs'
import { type Line, LineState } from './line_state'
import { useBankText } from './messages'

type Query = NonNullable<operations['list_bank_lines']['parameters']['query']>
interface Choice {
  line: Line
  what: 'assign' | 'set_aside' | 'take_back'
}

export function LinesTab() {
  const [choice, setChoice] = useState<Choice | null>(null)
  const list = useList(setChoice)
  const close = () => setChoice(null)
  return (
    <>
      <DataTable list={list} />
      {choice?.what === 'assign' && <AssignDialog line={choice.line} onClose={close} />}
      {choice?.what === 'set_aside' && <SetAsideDialog line={choice.line} onClose={close} />}
      {choice?.what === 'take_back' && <TakeBackDialog line={choice.line} onClose={close} />}
    </>
  )
}

function useList(choose: (choice: Choice) => void): ListOf<Line> {
  const t = useBankText()
  const isClerk = useMay('clerk')
  return useMemo(
    () => ({
      name: 'bank-lines',
      label: t('tab_lines'),
      columns: [
        { id: 'date', header: t('date'), cell: (l) => <DateText value={l.date} />, text: (l) => l.date },
        { id: 'payer', header: t('payer'), cell: (l) => <Payer line={l} />, text: (l) => l.payer },
        { id: 'payer_account', header: t('payer_account'), hidden: true, cell: (l) => l.payer_account, text: (l) => l.payer_account },
        { id: 'reference', header: t('reference'), wideOnly: true, cell: (l) => l.reference, text: (l) => l.reference },
        { id: 'bank_reference', header: t('bank_reference'), hidden: true, cell: (l) => l.bank_reference, text: (l) => l.bank_reference },
        { id: 'account', header: t('account'), hidden: true, cell: (l) => l.account, text: (l) => l.account },
        { id: 'state', header: t('state'), wideOnly: true, cell: (l) => <LineState line={l} />, text: (l) => l.state },
        { id: 'amount', header: t('amount'), numeric: true, cell: (l) => <Money value={l.amount} />, text: (l) => l.amount.amount },
        { id: 'subscriber', header: t('subscriber'), text: (l) => l.subscriber ?? '', cell: (l) => <Whose line={l} mayDecide={isClerk} choose={choose} /> },
      ],
      filters: [
        { id: 'state', label: t('state'), kind: 'choice', options: (['unmatched', 'matched', 'set_aside'] as const).map((value) => ({ value, label: t(`state_${value}`) })) },
        { id: 'subscriber', label: t('subscriber'), kind: 'text' },
        { id: 'statement', label: t('statement'), kind: 'text' },
        { id: 'from', label: t('from'), kind: 'date' },
        { id: 'to', label: t('to'), kind: 'date' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/bank-lines', { params: { query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (l) => l.id,
      empty: <NoLines />,
    }),
    [t, isClerk, choose],
  )
}

function Payer({ line }: { line: Line }) {
  return (
    <>
      {line.payer || '–'}
      <Text size="xs" c="dimmed" hiddenFrom="sm">
        {line.reference}
      </Text>
    </>
  )
}

function Whose({ line, mayDecide, choose }: { line: Line; mayDecide: boolean; choose: (choice: Choice) => void }) {
  const t = useBankText()
  const takeBack = (
    <Button size="compact-sm" variant="default" onClick={() => choose({ line, what: 'take_back' })}>
      {t('take_back')}
    </Button>
  )
  if (line.subscriber)
    return (
      <Group gap="xs">
        <SubscriberLink code={line.subscriber} />
        {line.payment && (
          <Anchor component={Link} to={paymentPath(line.payment)} fz="xs">
            {t('payment')}
          </Anchor>
        )}
        {mayDecide && takeBack}
      </Group>
    )
  if (!mayDecide) return null
  if (line.state === 'set_aside') return takeBack
  return (
    <Group gap={6}>
      <Button size="compact-sm" variant="light" onClick={() => choose({ line, what: 'assign' })}>
        {t('assign')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => choose({ line, what: 'set_aside' })}>
        {t('set_aside')}
      </Button>
    </Group>
  )
}

function NoLines() {
  const t = useBankText()
  return (
    <Empty icon={Landmark} title={t('no_lines')} hint={t('no_lines_hint')}>
      <Button component={Link} to="/bank-statements/import" leftSection={<FileUp size={16} />} mt="sm">
        {t('import')}
      </Button>
    </Empty>
  )
}
