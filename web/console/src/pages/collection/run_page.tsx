import { Alert, Button, Loader, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { api, answered } from '../../api/client'
import { problemOf } from '../../api/problem'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { Facts } from '../../parts/facts'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { formatCount, formatDate } from '../../ui/format'
import { AlarmClock, ArrowLeft, TriangleAlert } from '../../ui/icons'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { useCollectionText } from './messages'
import { RunState } from './run_state'

const poll_ms = 1000
const counts = ['debtors', 'reminders', 'late_fees', 'suspended', 'terminated', 'resumed'] as const
const isGoing = ({ state }: Schema<'CollectionRun'>) => state === 'queued' || state === 'running'

export default function RunPage() {
  const t = useCollectionText()
  const { locale } = useLanguage()
  const { run: id = '' } = useParams()
  const { data: run, error } = useQuery({
    queryKey: ['collection-run', id],
    queryFn: () => answered(api.GET('/api/v1/collection-runs/{collection_run}', { params: { path: { collection_run: id } } })),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? poll_ms : false),
  })
  if (error && problemOf(error).status === 404) return <Empty icon={AlarmClock} title={t('unknown')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!run) return <Skeleton h={240} m="lg" />
  return (
    <Page
      title={t('run_title', { date: formatDate(run.date, locale) })}
      subtitle={<RunState state={run.state} />}
      actions={
        <Button component={Link} to="/collection" variant="default" leftSection={<ArrowLeft size={16} />}>
          {t('back')}
        </Button>
      }
    >
      <Stack gap="md" aria-live="polite">
        {isGoing(run) && <Loader size="sm" role="status" aria-label={t(`state_${run.state}`)} />}
        {run.error && (
          <Alert color="red" icon={<TriangleAlert size={18} />} title={t('failed')} role="alert">
            {run.error}
          </Alert>
        )}
        <Facts
          of={[
            ...counts.map((name): [string, string] => [t(name), formatCount(run.progress[name], locale)]),
            [t('asked'), <InstantText key="asked" value={run.requested_at} />],
            [t('ended'), <InstantText key="ended" value={run.finished_at} />],
          ]}
        />
      </Stack>
    </Page>
  )
}
