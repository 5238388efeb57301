import { api, answered } from '../../api/client'
import { CommandDialog } from '../../parts/command_dialog'
import { useBillRunText } from './messages'
import type { BillRun } from './requests'

export function CancelDialog({ run, onClose }: { run: BillRun; onClose: () => void }) {
  const t = useBillRunText()
  return (
    <CommandDialog
      done={t('cancelled_toast')}
      onClose={onClose}
      action={{
        title: t('cancel_run'),
        about: t('cancel_about'),
        confirm: t('cancel_run'),
        isGrave: true,
        initial: {},
        send: () => answered(api.POST('/api/v1/bill-runs/{bill_run}/cancel', { params: { path: { bill_run: run.id } } })),
      }}
    />
  )
}
