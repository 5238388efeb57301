import { Button, Group, Paper, Select, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { api, answered } from '../../../api/client'
import type { Schema } from '../../../api/types'
import { difference, sum } from '../../../parts/decimals'
import { useCurrency } from '../../../session/operator'
import { useMay } from '../../../session/session'
import type { Action } from '../../../ui/action/previewed_action'
import { AmountField } from '../../../ui/fields'
import { isZero, parseAmount } from '../../../ui/format'
import { Wallet as WalletIcon } from '../../../ui/icons'
import { Money } from '../../../ui/money'
import { useSubscriberText } from '../messages'
import { type Funds, useFunds, useSubServices, useUnits } from '../queries'
import { Run } from './run'
import { useWalletText } from './wallet_messages'

type Wallet = Schema<'Wallet'>
type Whom = Pick<Schema<'WalletMove'>, 'unit' | 'sub_service'>
type SetAsideValues = { whom: string; amount: string }
type ReleaseValues = { amount: string }

const nameOf = ({ unit, sub_service }: Wallet) => unit ?? sub_service ?? ''
const keyOf = ({ unit, sub_service }: Wallet) => (unit ? `unit ${unit}` : `sub_service ${sub_service}`)
const whomOf = (key: string): Whom => {
  const [kind, code] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)]
  return kind === 'unit' ? { unit: code } : { sub_service: code }
}
const amountOf = (typed: string, currency: string) => (typed ? { amount: { amount: parseAmount(typed) ?? typed, currency } } : {})

// Money beside the balance: only there when there is any.
export function Wallets({ subscriber }: { subscriber: string }) {
  const t = useWalletText()
  const isClerk = useMay('clerk')
  const [released, release] = useState<Wallet | null>(null)
  const filled = useFunds(subscriber).data?.wallets.filter(({ amount }) => !isZero(amount.amount)) ?? []
  if (filled.length === 0) return null
  return (
    <Paper p="sm" px="md" component="section" aria-label={t('wallets')}>
      <Group gap="lg">
        <Group gap={6}>
          <WalletIcon size={16} />
          <Text size="sm" c="dimmed">
            {t('wallets')}
          </Text>
        </Group>
        {filled.map((wallet) => (
          <Group key={wallet.id} gap="xs">
            <Text size="sm">
              {nameOf(wallet)}: <Money value={wallet.amount} />
            </Text>
            {isClerk && (
              <Button size="compact-xs" variant="default" aria-label={t('release_of', { name: nameOf(wallet) })} onClick={() => release(wallet)}>
                {t('release')}
              </Button>
            )}
          </Group>
        ))}
      </Group>
      {released && <Release subscriber={subscriber} wallet={released} onClose={() => release(null)} />}
    </Paper>
  )
}

interface DialogProps {
  subscriber: string
  onClose: () => void
}

export function SetAside({ subscriber, onClose }: DialogProps) {
  const t = useWalletText()
  const s = useSubscriberText()
  const currency = useCurrency()
  const { data: funds } = useFunds(subscriber)
  const units = useUnits(subscriber).data?.items ?? []
  const subServices = useSubServices(subscriber).data?.items ?? []
  const data = [
    { group: t('units'), items: units.map(({ code, name }) => ({ value: `unit ${code}`, label: name })) },
    { group: t('sub_services'), items: subServices.filter(({ status }) => status !== 'cancelled').map(({ code }) => ({ value: `sub_service ${code}`, label: code })) },
  ].filter(({ items }) => items.length > 0)
  const action: Action<SetAsideValues> = {
    title: t('set_aside'),
    about: t('set_aside_about'),
    confirm: t('set_aside'),
    initial: { whom: '', amount: '' },
    validate: ({ whom, amount }) => ({
      ...(whom ? {} : { whom: t('whom_missing') }),
      ...(amount === '' || parseAmount(amount) !== null ? {} : { amount: s('amount_wrong') }),
    }),
    fields: (form) => (
      <>
        <Select label={t('for')} required data={data} data-autofocus {...form.getInputProps('whom')} />
        <AmountField currency={currency} label={s('amount')} description={t('all')} inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.getInputProps('amount')} />
        {funds && form.values.whom && <Change funds={funds} wallet={form.values.whom} typed={form.values.amount} isOut={false} />}
      </>
    ),
    send: ({ whom, amount }) =>
      answered(api.POST('/api/v1/subscribers/{subscriber}/wallets/set-aside', { params: { path: { subscriber } }, body: { ...whomOf(whom), ...amountOf(amount, currency) } })),
  }
  return <Run subscriber={subscriber} onClose={onClose} action={action} done={t('set_aside_done')} />
}

function Release({ subscriber, wallet, onClose }: DialogProps & { wallet: Wallet }) {
  const t = useWalletText()
  const s = useSubscriberText()
  const currency = wallet.amount.currency
  const { data: funds } = useFunds(subscriber)
  const action: Action<ReleaseValues> = {
    title: t('release_of', { name: nameOf(wallet) }),
    about: t('release_about'),
    confirm: t('release'),
    initial: { amount: wallet.amount.amount },
    validate: ({ amount }) => (amount === '' || parseAmount(amount) !== null ? {} : { amount: s('amount_wrong') }),
    fields: (form) => (
      <>
        <AmountField currency={currency} label={s('amount')} description={t('all')} inputWrapperOrder={['label', 'input', 'description', 'error']} data-autofocus {...form.getInputProps('amount')} />
        {funds && <Change funds={funds} wallet={keyOf(wallet)} typed={form.values.amount || wallet.amount.amount} isOut />}
      </>
    ),
    send: ({ amount }) =>
      answered(
        api.POST('/api/v1/subscribers/{subscriber}/wallets/release', {
          params: { path: { subscriber } },
          body: { ...whomOf(keyOf(wallet)), ...amountOf(amount, currency) },
        }),
      ),
  }
  return <Run subscriber={subscriber} onClose={onClose} action={action} done={t('release_done')} />
}

interface ChangeProps {
  funds: Funds
  wallet: string
  typed: string
  isOut: boolean
}

// What moves between the balance and the wallet, before it does.
function Change({ funds, wallet, typed, isOut }: ChangeProps) {
  const t = useWalletText()
  const moved = parseAmount(typed)
  if (moved === null) return null
  const { currency, amount: balance } = funds.balance
  const held = funds.wallets.find((one) => keyOf(one) === wallet)?.amount.amount ?? '0.00'
  const more = (amount: string, isMore: boolean) => (isMore ? sum([amount, moved]) : difference(amount, moved))
  const rows = [
    { label: t('balance'), from: balance, to: more(balance, isOut) },
    { label: t('in_wallet'), from: held, to: more(held, !isOut) },
  ]
  return (
    <Table fz="sm" verticalSpacing={4} aria-label={t('preview')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('preview')}</Table.Th>
          <Table.Th ta="right">{t('before')}</Table.Th>
          <Table.Th ta="right">{t('after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ label, from, to }) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td ta="right">
              <Money value={{ amount: from, currency }} owing />
            </Table.Td>
            <Table.Td ta="right" fw={600}>
              <Money value={{ amount: to, currency }} owing />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
