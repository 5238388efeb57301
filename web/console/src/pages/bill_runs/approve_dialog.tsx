import { Checkbox, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from 'react-router'
import { useLanguage } from '../../i18n/language'
import { CommandDialog } from '../../parts/command_dialog'
import { formatCount, formatDate, formatInstant } from '../../ui/format'
import { Money } from '../../ui/money'
import { useBillRunText } from './messages'
import { type BillRun, runPath, startBillRun } from './requests'

// Between a dry run and billing stands somebody who has looked at what comes out.
export function ApproveDialog({ run, onClose }: { run: BillRun; onClose: () => void }) {
  const t = useBillRunText()
  const { locale } = useLanguage()
  const navigate = useNavigate()
  return (
    <CommandDialog
      done={t('started_toast')}
      onClose={onClose}
      action={{
        title: t('approve_title', { date: formatDate(run.through, locale) }),
        about: t('approve_about'),
        confirm: t('bill'),
        isGrave: true,
        initial: { looked: false },
        validate: ({ looked }) => (looked ? {} : { looked: t('approve_needed') }),
        fields: (form) => (
          <Stack gap="sm">
            <Group justify="space-between">
              <Text size="sm">
                {t('approve_expected', { at: formatInstant(run.requested_at, locale), invoices: formatCount(run.totals.invoices, locale) })}
              </Text>
              <Text fw={650} size="lg">
                <Money value={run.totals.total} />
              </Text>
            </Group>
            <Checkbox label={t('approve_check')} data-autofocus {...form.getInputProps('looked', { type: 'checkbox' })} />
          </Stack>
        ),
        send: async () => navigate(runPath((await startBillRun(run.through, false)).id)),
      }}
    />
  )
}
