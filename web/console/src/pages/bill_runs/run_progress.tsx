import { Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { useLanguage } from '../../i18n/language'
import { formatCount, formatDate } from '../../ui/format'
import { useBillRunText } from './messages'
import type { BillRun } from './requests'

export function RunProgress({ run: { state, progress } }: { run: BillRun }) {
  const t = useBillRunText()
  const { locale } = useLanguage()
  const count = (number: number) => formatCount(number, locale)
  const share = progress.due_on_date > 0 ? (100 * progress.billed_on_date) / progress.due_on_date : 0
  return (
    <Paper p="md">
      <Stack gap="xs" aria-live="polite">
        <Progress value={share} animated={state === 'running'} aria-label={t('progress')} />
        <Group gap="md">
          {state === 'queued' && <Text size="sm">{t('waiting')}</Text>}
          {progress.date && (
            <Text size="sm">
              {t('on_date', { date: formatDate(progress.date, locale), done: count(progress.billed_on_date), of: count(progress.due_on_date) })}
            </Text>
          )}
          {state === 'running' && (
            <Text size="sm" c="dimmed">
              {t('billed', { count: progress.documents })}
              {progress.per_second !== null && ` · ${t('rate', { count: Math.round(progress.per_second) })}`}
              {progress.seconds_left !== null && ` · ${t('left', { count: Math.ceil(progress.seconds_left) })}`}
            </Text>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}
