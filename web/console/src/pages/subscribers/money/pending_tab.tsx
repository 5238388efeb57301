import { Paper, Skeleton } from '@mantine/core'
import { Empty } from '../../../ui/empty'
import { AlarmClock } from '../../../ui/icons'
import { ProblemAlert } from '../../../ui/problem_alert'
import { useSubscriberText } from '../messages'
import { usePendingLines } from '../queries'
import { LineTable } from './line_table'

// Charged by commands, on no document yet.
export default function PendingTab({ subscriber }: { subscriber: string }) {
  const t = useSubscriberText()
  const { data, error } = usePendingLines(subscriber)
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Skeleton h={160} />
  if (data.items.length === 0) return <Empty icon={AlarmClock} title={t('no_pending')} hint={t('no_pending_hint')} />
  return (
    <Paper>
      <LineTable lines={data.items} subscriber={subscriber} label={t('tab_pending')} shows_billing_date />
    </Paper>
  )
}
