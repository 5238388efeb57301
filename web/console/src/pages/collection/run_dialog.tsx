import { useNavigate } from 'react-router'
import { api, answered } from '../../api/client'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { DateField } from '../../ui/fields'
import { useCollectionText } from './messages'

export function RunDialog({ onClose }: { onClose: () => void }) {
  const t = useCollectionText()
  const today = useToday()
  const navigate = useNavigate()
  return (
    <CommandDialog
      done={t('started')}
      onClose={onClose}
      action={{
        title: t('run'),
        about: t('run_about'),
        confirm: t('confirm'),
        isGrave: true,
        initial: { date: today },
        fields: (form) => <DateField label={t('run_date')} max={today} required data-autofocus {...form.getInputProps('date')} />,
        send: async ({ date }) => navigate(`/collection/runs/${(await answered(api.POST('/api/v1/collection-runs', { body: { date } }))).id}`),
      }}
    />
  )
}
