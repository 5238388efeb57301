import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { usePaymentText } from './messages'

export function AdvanceDialog({ payment, onClose }: { payment: Schema<'Payment'>; onClose: () => void }) {
  const t = usePaymentText()
  return (
    <CommandDialog
      done={t('advance_done')}
      onClose={onClose}
      action={{
        title: t('advance'),
        about: t('advance_about'),
        confirm: t('issue'),
        initial: {},
        send: () => answered(api.POST('/api/v1/advance-payments', { body: { payment: payment.id } })),
      }}
    />
  )
}
