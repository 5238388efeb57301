import { Button, Group, Loader, Paper, Select, Table, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered } from '../../../api/client'
import type { Schema } from '../../../api/types'
import { useCurrency } from '../../../session/operator'
import { useMay } from '../../../session/session'
import type { Action } from '../../../ui/action/previewed_action'
import { AmountField } from '../../../ui/fields'
import { isZero, parseAmount } from '../../../ui/format'
import { Wallet as WalletIcon } from '../../../ui/icons'
import { Money } from '../../../ui/money'
import { ProblemAlert } from '../../../ui/problem_alert'
import { useSubscriberText } from '../messages'
import { useFunds, useSubServices, useUnits } from '../queries'
import { usePaysText } from './pays_messages'
import { Run } from './run'
import { useWalletText } from './wallet_messages'

type Wallet = Schema<'Wallet'>
type Move = Schema<'WalletMove'>
type Whom = Pick<Move, 'unit' | 'sub_service'>
type Way = 'set-aside' | 'release'
type SetAsideValues = { whom: string; amount: string }
type ReleaseValues = { amount: string }

const nameOf = ({ unit, sub_service }: Wallet) => unit ?? sub_service ?? ''
const keyOf = ({ unit, sub_service }: Wallet) => (unit ? `unit ${unit}` : `sub_service ${sub_service}`)
const whomOf = (key: string): Whom => {
  const [kind, code] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)]
  return kind === 'unit' ? { unit: code } : { sub_service: code }
}
const amountOf = (typed: string, currency: string) => (typed ? { amount: { amount: parseAmount(typed) ?? typed, currency } } : {})

// With `preview` nothing moves: what would is answered.
async function moving(subscriber: string, way: Way, body: Move, preview: boolean): Promise<Wallet | Schema<'Payment'> | Schema<'WalletPreview'>> {
  const asked = { params: { path: { subscriber }, query: { preview } }, body }
  if (way === 'release') return answered(api.POST('/api/v1/subscribers/{subscriber}/wallets/release', asked))
  return answered(api.POST('/api/v1/subscribers/{subscriber}/wallets/set-aside', asked))
}

async function previewed(subscriber: string, way: Way, body: Move): Promise<Schema<'WalletPreview'>> {
  const answer = await moving(subscriber, way, body, true)
  if ('pays' in answer) return answer
  throw new Error('the answer to a preview is a preview')
}

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
        {form.values.whom && <Change subscriber={subscriber} way="set-aside" whom={form.values.whom} typed={form.values.amount} currency={currency} />}
      </>
    ),
    send: ({ whom, amount }) => moving(subscriber, 'set-aside', { ...whomOf(whom), ...amountOf(amount, currency) }, false),
  }
  return <Run subscriber={subscriber} onClose={onClose} action={action} done={t('set_aside_done')} />
}

function Release({ subscriber, wallet, onClose }: DialogProps & { wallet: Wallet }) {
  const t = useWalletText()
  const s = useSubscriberText()
  const currency = wallet.amount.currency
  const action: Action<ReleaseValues> = {
    title: t('release_of', { name: nameOf(wallet) }),
    about: t('release_about'),
    confirm: t('release'),
    initial: { amount: wallet.amount.amount },
    validate: ({ amount }) => (amount === '' || parseAmount(amount) !== null ? {} : { amount: s('amount_wrong') }),
    fields: (form) => (
      <>
        <AmountField currency={currency} label={s('amount')} description={t('all')} inputWrapperOrder={['label', 'input', 'description', 'error']} data-autofocus {...form.getInputProps('amount')} />
        <Change subscriber={subscriber} way="release" whom={keyOf(wallet)} typed={form.values.amount} currency={currency} />
      </>
    ),
    send: ({ amount }) => moving(subscriber, 'release', { ...whomOf(keyOf(wallet)), ...amountOf(amount, currency) }, false),
  }
  return <Run subscriber={subscriber} onClose={onClose} action={action} done={t('release_done')} />
}

interface ChangeProps {
  subscriber: string
  way: Way
  whom: string
  typed: string
  currency: string
}

const typing_pause_ms = 250

// What moves between the balance and the wallet, before it does: by the command itself, which is not kept.
function Change({ subscriber, way, whom, typed, currency }: ChangeProps) {
  const t = useWalletText()
  const p = usePaysText()
  const asked = JSON.stringify({ ...whomOf(whom), ...amountOf(typed, currency) })
  const [settled] = useDebouncedValue(asked, typing_pause_ms)
  const isReadable = typed === '' || parseAmount(typed) !== null
  const { data, error, isFetching } = useQuery({
    queryKey: ['preview', 'wallet', subscriber, way, settled],
    queryFn: () => previewed(subscriber, way, JSON.parse(settled) as Move),
    enabled: isReadable && settled === asked,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })
  if (!isReadable) return null
  if (isFetching || settled !== asked) return <Loader size="xs" />
  if (error) return <ProblemAlert problem={error} />
  if (!data) return null
  const rows = [
    { label: t('balance'), ...data.balance },
    { label: t('in_wallet'), ...data.wallet },
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
        {rows.map(({ label, before, after }) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td ta="right">
              <Money value={before} owing />
            </Table.Td>
            <Table.Td ta="right" fw={600}>
              <Money value={after} owing />
            </Table.Td>
          </Table.Tr>
        ))}
        {data.pays.map(({ number, amount }) => (
          <Table.Tr key={number}>
            <Table.Th scope="row" fw={400} colSpan={2}>
              {p('pays', { number })}
            </Table.Th>
            <Table.Td ta="right">
              <Money value={amount} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
