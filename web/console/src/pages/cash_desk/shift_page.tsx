import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, answered } from '../../api/client'
import { problemOf } from '../../api/problem'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { Facts } from '../../parts/facts'
import { StateBadge } from '../../parts/state_badge'
import { useMay } from '../../session/session'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { formatDate, formatMoney } from '../../ui/format'
import { ArrowDownToLine, ArrowUpFromLine, Receipt, Wallet } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { CloseDialog } from './close_dialog'
import { useCashText } from './messages'
import { MoveDialog } from './move_dialog'
import { Movements } from './movements'
import { receiptPath } from './paths'
import { PayOutDialog } from './pay_out_dialog'
import { TakeDialog } from './take_dialog'

type Shift = Schema<'CashShift'>
type Movement = Schema<'CashMovement'>

export default function ShiftPage() {
  const t = useCashText()
  const { locale } = useLanguage()
  const { shift: id = '' } = useParams()
  const [taken, setTaken] = useState<Movement | null>(null)
  const { data: shift, error } = useQuery({
    queryKey: ['cash-shift', id],
    queryFn: () => answered(api.GET('/api/v1/cash-shifts/{cash_shift}', { params: { path: { cash_shift: id } } })),
  })
  if (error && problemOf(error).status === 404) return <Empty icon={Wallet} title={t('unknown_shift')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!shift) return <Skeleton h={240} m="lg" />
  return (
    <Page
      title={t('shift_of', { desk: shift.desk, date: formatDate(shift.date, locale) })}
      subtitle={
        <Group gap="xs">
          <StateBadge tone={shift.state === 'open' ? 'busy' : 'quiet'}>{t(shift.state)}</StateBadge>
          {shift.clerk}
        </Group>
      }
      actions={shift.state === 'open' && <Actions shift={shift} onTaken={setTaken} />}
    >
      <Stack gap="md">
        {taken?.receipt && <LastReceipt movement={taken} receipt={taken.receipt} onClose={() => setTaken(null)} />}
        <Sums shift={shift} />
        <Title order={2}>{t('movements')}</Title>
        <Movements shift={shift.id} />
      </Stack>
    </Page>
  )
}

function LastReceipt({ movement, receipt, onClose }: { movement: Movement; receipt: string; onClose: () => void }) {
  const t = useCashText()
  const { locale } = useLanguage()
  return (
    <Alert
      color="teal"
      icon={<Receipt size={18} />}
      withCloseButton
      onClose={onClose}
      role="status"
      title={t('last_receipt', { number: receipt, amount: formatMoney(movement.amount, locale), subscriber: movement.name || movement.subscriber || '' })}
    >
      <Anchor component={Link} to={receiptPath(receipt)} fz="sm">
        {t('show_receipt')}
      </Anchor>
    </Alert>
  )
}

function Sums({ shift }: { shift: Shift }) {
  const t = useCashText()
  return (
    <Facts
      of={[
        [t('expected'), <Text key="expected" span fw={650}><Money value={shift.expected} /></Text>],
        [t('float'), <Money key="float" value={shift.float} />],
        [t('payments'), <Money key="payments" value={shift.payments} />],
        [t('refunds'), <Money key="refunds" value={shift.refunds} />],
        [t('cash_in'), <Money key="in" value={shift.cash_in} />],
        [t('cash_out'), <Money key="out" value={shift.cash_out} />],
        [t('opened'), <InstantText key="opened" value={shift.opened_at} />],
        [t('closed_at'), <InstantText key="closed" value={shift.closed_at} />],
        ...(shift.state === 'closed'
          ? ([
              [t('counted'), <Money key="counted" value={shift.counted} />],
              [t('difference'), <Money key="difference" value={shift.difference} owing signed />],
              [t('explanation'), shift.explanation],
            ] satisfies [string, React.ReactNode][])
          : []),
      ]}
    />
  )
}

type Chosen = 'take' | 'pay_out' | 'move' | 'close'

function Actions({ shift, onTaken }: { shift: Shift; onTaken: (movement: Movement) => void }) {
  const t = useCashText()
  const isCashier = useMay('cashier')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const close = () => setChosen(null)
  if (!isCashier) return null
  return (
    <>
      <Button leftSection={<ArrowDownToLine size={16} />} onClick={() => setChosen('take')}>
        {t('take')}
      </Button>
      <Button variant="default" leftSection={<ArrowUpFromLine size={16} />} onClick={() => setChosen('pay_out')}>
        {t('pay_out')}
      </Button>
      <Button variant="default" onClick={() => setChosen('move')}>
        {t('move')}
      </Button>
      <Button variant="default" onClick={() => setChosen('close')}>
        {t('close')}
      </Button>
      {chosen === 'take' && <TakeDialog shift={shift.id} onTaken={onTaken} onClose={close} />}
      {chosen === 'pay_out' && <PayOutDialog shift={shift.id} onClose={close} />}
      {chosen === 'move' && <MoveDialog shift={shift.id} onClose={close} />}
      {chosen === 'close' && <CloseDialog shift={shift} onClose={close} />}
    </>
  )
}
