import { Autocomplete, Group, NumberInput, Table, TextInput } from '@mantine/core'
import { api, answered } from '../../../api/client'
import { useCurrency, useToday } from '../../../session/operator'
import type { Action } from '../../../ui/action/previewed_action'
import { DateText } from '../../../ui/dates'
import { AmountField, DateField } from '../../../ui/fields'
import { addDays, isNegative, isZero, negated, parseAmount } from '../../../ui/format'
import { Money } from '../../../ui/money'
import { useSubscriberText } from '../messages'
import { useFunds } from '../queries'
import { splitAmount } from './split'

// `type`, not `interface`: a form's values are a record.
type PaymentValues = { amount: string; method: string; reference: string; date: string }
type PromiseValues = { amount: string; days: number }
type HoldValues = { until: string; reason: string }
type PlanValues = { parts: number; first: string; every: number }

const dated = (date: string) => (date ? { date } : {})

function useAmountCheck() {
  const t = useSubscriberText()
  return (amount: string, isOptional = false) =>
    (isOptional && amount === '') || parseAmount(amount) !== null ? {} : { amount: t('amount_wrong') }
}

export function usePaymentAction(subscriber: string): Action<PaymentValues> {
  const t = useSubscriberText()
  const currency = useCurrency()
  const today = useToday()
  const check = useAmountCheck()
  const { data: funds } = useFunds(subscriber)
  const owed = funds && isNegative(funds.balance.amount) ? negated(funds.balance.amount) : ''
  return {
    title: t('record_payment'),
    about: t('payment_about'),
    confirm: t('record_payment'),
    initial: { amount: owed, method: '', reference: '', date: '' },
    validate: ({ amount }) => check(amount),
    fields: (form) => (
      <>
        <Group grow align="flex-start">
          <AmountField currency={currency} label={t('amount')} required data-autofocus {...form.getInputProps('amount')} />
          <DateField label={t('date')} description={t('date_hint')} inputWrapperOrder={['label', 'input', 'description', 'error']} max={today} {...form.getInputProps('date')} />
        </Group>
        <Group grow align="flex-start">
          <Autocomplete label={t('method')} data={['bank', 'cash', 'card', 'cheque']} {...form.getInputProps('method')} />
          <TextInput label={t('reference')} {...form.getInputProps('reference')} />
        </Group>
      </>
    ),
    send: ({ amount, method, reference, date }) =>
      answered(
        api.POST('/api/v1/payments', {
          body: { subscriber, amount: { amount: parseAmount(amount) ?? amount, currency }, method, reference, ...dated(date) },
        }),
      ),
  }
}

export function usePromiseAction(subscriber: string): Action<PromiseValues> {
  const t = useSubscriberText()
  const currency = useCurrency()
  const check = useAmountCheck()
  return {
    title: t('promise'),
    about: t('promise_about'),
    confirm: t('promise'),
    initial: { amount: '', days: 3 },
    validate: ({ amount }) => check(amount, true),
    fields: (form) => (
      <Group grow align="flex-start">
        <AmountField currency={currency} label={t('amount')} placeholder={t('optional')} data-autofocus {...form.getInputProps('amount')} />
        <NumberInput label={t('days')} min={1} max={60} allowDecimal={false} {...form.getInputProps('days')} />
      </Group>
    ),
    send: ({ amount, days }) =>
      answered(
        api.POST('/api/v1/subscribers/{subscriber}/promised-payments', {
          params: { path: { subscriber } },
          body: { days, ...(amount ? { amount: { amount: parseAmount(amount) ?? amount, currency } } : {}) },
        }),
      ),
  }
}

export function useHoldAction(subscriber: string): Action<HoldValues> {
  const t = useSubscriberText()
  const today = useToday()
  return {
    title: t('hold'),
    about: t('hold_about'),
    confirm: t('hold'),
    initial: { until: '', reason: '' },
    fields: (form) => (
      <Group grow align="flex-start">
        <DateField label={t('until')} min={today} data-autofocus {...form.getInputProps('until')} />
        <TextInput label={t('reason')} {...form.getInputProps('reason')} />
      </Group>
    ),
    send: ({ until, reason }) =>
      answered(
        api.POST('/api/v1/subscribers/{subscriber}/collection-holds', {
          params: { path: { subscriber } },
          body: { reason, ...(until ? { until } : {}) },
        }),
      ),
  }
}

export function usePlanAction(subscriber: string): Action<PlanValues> {
  const t = useSubscriberText()
  const today = useToday()
  const { data: funds } = useFunds(subscriber)
  const partsOf = ({ parts, first, every }: PlanValues) => {
    const debt = funds?.debt_total
    if (!debt || isZero(debt.amount)) return []
    return splitAmount(debt.amount, Math.max(1, Number(parts) || 1)).map((amount, i) => ({
      due: addDays(first, i * (Number(every) || 1)),
      amount: { amount, currency: debt.currency },
    }))
  }
  return {
    title: t('plan'),
    about: t('plan_about'),
    confirm: t('plan'),
    initial: { parts: 3, first: addDays(today, 30), every: 30 },
    validate: ({ first }) => (first ? {} : { first: t('required') }),
    fields: (form) => (
      <>
        <Group grow align="flex-start">
          <NumberInput label={t('parts')} min={2} max={24} allowDecimal={false} data-autofocus {...form.getInputProps('parts')} />
          <DateField label={t('first_due')} min={today} required {...form.getInputProps('first')} />
          <NumberInput label={t('every')} min={1} max={366} allowDecimal={false} {...form.getInputProps('every')} />
        </Group>
        <Table fz="sm" maw={280}>
          <Table.Tbody>
            {form.values.first !== '' &&
              partsOf(form.values).map(({ due, amount }) => (
                <Table.Tr key={due}>
                  <Table.Td>
                    <DateText value={due} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Money value={amount} />
                  </Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </>
    ),
    send: (values) =>
      answered(
        api.POST('/api/v1/subscribers/{subscriber}/payment-plans', {
          params: { path: { subscriber } },
          body: { parts: partsOf(values) },
        }),
      ),
  }
}
