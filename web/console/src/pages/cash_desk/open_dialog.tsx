import { Group, TextInput } from '@mantine/core'
import { useNavigate } from 'react-router'
import { api, answered } from '../../api/client'
import { isAmount, moneyOf, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useCurrency } from '../../session/operator'
import { useSession } from '../../session/session'
import { AmountField } from '../../ui/fields'
import { useCashText } from './messages'
import { shiftPath } from './paths'

export function OpenDialog({ onClose }: { onClose: () => void }) {
  const t = useCashText()
  const currency = useCurrency()
  const navigate = useNavigate()
  const { session } = useSession()
  return (
    <CommandDialog
      done={t('opened_toast')}
      onClose={onClose}
      action={{
        title: t('open_shift'),
        about: t('open_about'),
        confirm: t('open_shift'),
        initial: { desk: '', float: '0', clerk: session.user.name },
        validate: ({ desk, float }) => ({
          ...(desk.trim() ? {} : { desk: t('desk_missing') }),
          ...(isAmount(float) ? {} : { float: t('amount_wrong') }),
        }),
        fields: (form) => (
          <>
            <Group grow align="flex-start">
              <TextInput label={t('desk')} required data-autofocus {...form.getInputProps('desk')} />
              <AmountField label={t('float')} currency={currency} required {...form.getInputProps('float')} />
            </Group>
            <TextInput label={t('clerk')} description={t('clerk_hint')} {...form.getInputProps('clerk')} />
          </>
        ),
        send: async ({ desk, float, clerk }) => {
          const shift = await answered(
            api.POST('/api/v1/cash-shifts', { body: { desk: desk.trim(), float: moneyOf(float, currency), ...optionalText('clerk', clerk) } }),
          )
          navigate(shiftPath(shift.id))
        },
      }}
    />
  )
}
