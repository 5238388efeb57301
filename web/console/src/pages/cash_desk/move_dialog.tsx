import { Group, SegmentedControl, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import { isAmount, moneyOf } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useCurrency } from '../../session/operator'
import { AmountField } from '../../ui/fields'
import { useCashText } from './messages'

type Kind = 'cash_in' | 'cash_out'

export function MoveDialog({ shift, onClose }: { shift: string; onClose: () => void }) {
  const t = useCashText()
  const currency = useCurrency()
  const kinds: Kind[] = ['cash_in', 'cash_out']
  return (
    <CommandDialog
      done={t('moved')}
      onClose={onClose}
      action={{
        title: t('move'),
        about: t('move_about'),
        confirm: t('move'),
        initial: { kind: 'cash_out' as Kind, amount: '', reason: '' },
        validate: ({ amount, reason }) => ({
          ...(isAmount(amount) ? {} : { amount: t('amount_wrong') }),
          ...(reason.trim() ? {} : { reason: t('reason_missing') }),
        }),
        fields: (form) => (
          <>
            <SegmentedControl aria-label={t('kind')} data={kinds.map((value) => ({ value, label: t(value) }))} {...form.getInputProps('kind')} />
            <Group grow align="flex-start">
              <AmountField label={t('amount')} currency={currency} required data-autofocus {...form.getInputProps('amount')} />
              <TextInput label={t('reason')} required {...form.getInputProps('reason')} />
            </Group>
          </>
        ),
        send: ({ kind, amount, reason }) =>
          answered(
            api.POST('/api/v1/cash-shifts/{cash_shift}/movements', {
              params: { path: { cash_shift: shift } },
              body: { kind, amount: moneyOf(amount, currency), reason: reason.trim() },
            }),
          ),
      }}
    />
  )
}
