import { Text, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { isAmount, moneyOf, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { difference } from '../../parts/decimals'
import { AmountField } from '../../ui/fields'
import { formatMoney, isZero } from '../../ui/format'
import { useCashText } from './messages'

// What the till should hold is told only when it has been counted.
export function CloseDialog({ shift, onClose }: { shift: Schema<'CashShift'>; onClose: () => void }) {
  const t = useCashText()
  const { locale } = useLanguage()
  const { amount: expected, currency } = shift.expected
  const off = (counted: string) => (isAmount(counted) ? difference(moneyOf(counted, currency).amount, expected) : null)
  const isOff = (counted: string) => !isZero(off(counted) ?? '0')
  return (
    <CommandDialog
      done={t('closed_toast')}
      onClose={onClose}
      action={{
        title: t('close'),
        about: t('close_about'),
        confirm: t('close'),
        isGrave: true,
        initial: { counted: '', explanation: '' },
        validate: ({ counted, explanation }) => ({
          ...(isAmount(counted) ? {} : { counted: t('amount_wrong') }),
          ...(isOff(counted) && !explanation.trim() ? { explanation: t('explanation_missing') } : {}),
        }),
        fields: (form) => {
          const now = off(form.values.counted)
          return (
            <>
              <AmountField label={t('counted')} currency={currency} required data-autofocus {...form.getInputProps('counted')} />
              {now !== null && (
                <Text size="sm" role="status" fw={500}>
                  {isZero(now) ? t('close_fits') : t('close_difference', { difference: formatMoney({ amount: now, currency }, locale, true) })}
                </Text>
              )}
              {now !== null && !isZero(now) && <TextInput label={t('explanation')} required {...form.getInputProps('explanation')} />}
            </>
          )
        },
        send: ({ counted, explanation }) =>
          answered(
            api.POST('/api/v1/cash-shifts/{cash_shift}/close', {
              params: { path: { cash_shift: shift.id } },
              body: { counted: moneyOf(counted, currency), ...optionalText('explanation', explanation) },
            }),
          ),
      }}
    />
  )
}
