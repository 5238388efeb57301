import { Group, Select, type SelectProps, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import { useLanguage } from '../../i18n/language'
import { isAmount, optionalMoney, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { SubscriberField } from '../../parts/subscriber_field'
import { useCurrency } from '../../session/operator'
import { AmountField } from '../../ui/fields'
import { formatDate, formatMoney, isZero } from '../../ui/format'
import { useCashText } from './messages'

export function PayOutDialog({ shift, onClose }: { shift: string; onClose: () => void }) {
  const t = useCashText()
  const currency = useCurrency()
  return (
    <CommandDialog
      done={t('paid_out')}
      onClose={onClose}
      action={{
        title: t('pay_out'),
        about: t('pay_out_about'),
        confirm: t('pay_out'),
        isGrave: true,
        initial: { subscriber: '', payment: '', amount: '', fee: '', reference: '' },
        validate: ({ payment, amount, fee }) => ({
          ...(payment ? {} : { payment: t('payment_missing') }),
          ...(amount === '' || isAmount(amount) ? {} : { amount: t('amount_wrong') }),
          ...(fee === '' || isAmount(fee) ? {} : { fee: t('amount_wrong') }),
        }),
        fields: (form) => (
          <>
            <SubscriberField label={t('subscriber')} required data-autofocus {...form.getInputProps('subscriber')} />
            <PaymentSelect subscriber={form.values.subscriber} {...form.getInputProps('payment')} />
            <Group grow align="flex-start">
              <AmountField label={t('amount')} description={t('amount_hint')} currency={currency} {...form.getInputProps('amount')} />
              <AmountField label={t('fee')} description={t('fee_hint')} currency={currency} {...form.getInputProps('fee')} />
            </Group>
            <TextInput label={t('reference')} {...form.getInputProps('reference')} />
          </>
        ),
        send: ({ payment, amount, fee, reference }) =>
          answered(
            api.POST('/api/v1/cash-shifts/{cash_shift}/refunds', {
              params: { path: { cash_shift: shift } },
              body: { payment, ...optionalMoney('amount', amount, currency), ...optionalMoney('fee', fee, currency), ...optionalText('reference', reference) },
            }),
          ),
      }}
    />
  )
}

const most = 100
const typing_pause_ms = 250

function PaymentSelect({ subscriber, ...props }: SelectProps & { subscriber: string }) {
  const t = useCashText()
  const { locale } = useLanguage()
  const [code] = useDebouncedValue(subscriber.trim(), typing_pause_ms)
  const found = useQuery({
    queryKey: ['payments', 'of', code],
    queryFn: () => answered(api.GET('/api/v1/payments', { params: { query: { subscriber: code, sort: '-date', limit: most } } })),
    enabled: code !== '',
    retry: false,
  })
  const free = found.data?.items.filter(({ unallocated }) => !isZero(unallocated.amount)) ?? []
  return (
    <Select
      label={t('payment')}
      description={t('payment_hint')}
      required
      data={free.map(({ id, date, unallocated, method }) => ({ value: id, label: `${formatDate(date, locale)} · ${method} · ${formatMoney(unallocated, locale)}` }))}
      nothingFoundMessage={t('no_payment')}
      {...props}
    />
  )
}
