import { useNavigate } from 'react-router'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { DateField } from '../../ui/fields'
import { useBillRunText } from './messages'
import { runPath, startBillRun } from './requests'

export function StartDialog({ onClose }: { onClose: () => void }) {
  const t = useBillRunText()
  const navigate = useNavigate()
  const today = useToday()
  return (
    <CommandDialog
      done={t('started_toast')}
      onClose={onClose}
      action={{
        title: t('start_dry'),
        about: t('start_about'),
        confirm: t('start'),
        initial: { through: today },
        fields: (form) => <DateField label={t('through')} description={t('through_hint')} required data-autofocus {...form.getInputProps('through')} />,
        send: async ({ through }) => navigate(runPath((await startBillRun(through, true)).id)),
      }}
    />
  )
}
