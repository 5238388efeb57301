import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { problemOf } from '../../api/problem'
import { useLanguage } from '../../i18n/language'
import { Facts } from '../../parts/facts'
import { TabbedPage } from '../../parts/tabbed_page'
import { useMay } from '../../session/session'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { formatCount, formatDate } from '../../ui/format'
import { Check, FileText, RefreshCw, Square, TriangleAlert } from '../../ui/icons'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { ApproveDialog } from './approve_dialog'
import { CancelDialog } from './cancel_dialog'
import { DifferencesTab } from './differences_tab'
import { useBillRunText } from './messages'
import { ParkedOfRun } from './parked_of_run'
import { type BillRun, isGoing, runPath, startBillRun, useBillRun } from './requests'
import { RunProgress } from './run_progress'
import { RunState } from './run_state'

export default function BillRunPage() {
  const t = useBillRunText()
  const { locale } = useLanguage()
  const { run: id = '' } = useParams()
  const { data: run, error } = useBillRun(id)
  if (error && problemOf(error).status === 404) return <Empty icon={RefreshCw} title={t('none')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!run) return <Skeleton h={240} m="lg" />
  return (
    <TabbedPage
      title={t('run_of', { kind: t(run.dry_run ? 'dry' : 'real'), date: formatDate(run.through, locale) })}
      subtitle={<RunState state={run.state} />}
      base={runPath(run.id)}
      tabs={[
        { id: '', label: t('tab_result'), Content: ResultTab },
        { id: 'differences', label: t('tab_differences'), Content: DifferencesTab },
      ]}
      actions={<Actions key={run.id} run={run} />}
    />
  )
}

function ResultTab() {
  const t = useBillRunText()
  const { run: id = '' } = useParams()
  const { data: run } = useBillRun(id)
  if (!run) return null
  return (
    <Stack gap="md">
      {isGoing(run) && <RunProgress run={run} />}
      {run.error && (
        <Alert color="red" icon={<TriangleAlert size={18} />} title={t('failed')} role="alert">
          {run.error}
        </Alert>
      )}
      <Result run={run} />
      <ParkedOfRun run={run} />
    </Stack>
  )
}

function Actions({ run }: { run: BillRun }) {
  const t = useBillRunText()
  const navigate = useNavigate()
  const isClerk = useMay('clerk')
  const [dialog, setDialog] = useState<'cancel' | 'approve' | null>(null)
  if (!isClerk) return null
  return (
    <>
      {isGoing(run) && (
        <Button variant="default" leftSection={<Square size={14} />} onClick={() => setDialog('cancel')}>
          {t('cancel_run')}
        </Button>
      )}
      {run.dry_run && !isGoing(run) && (
        <Button variant="default" leftSection={<RefreshCw size={16} />} onClick={async () => navigate(runPath((await startBillRun(run.through, true)).id))}>
          {t('same_again')}
        </Button>
      )}
      {run.dry_run && run.state === 'finished' && (
        <Button leftSection={<Check size={16} />} onClick={() => setDialog('approve')}>
          {t('approve')}
        </Button>
      )}
      {dialog === 'cancel' && <CancelDialog run={run} onClose={() => setDialog(null)} />}
      {dialog === 'approve' && <ApproveDialog run={run} onClose={() => setDialog(null)} />}
    </>
  )
}

function Result({ run }: { run: BillRun }) {
  const t = useBillRunText()
  const { locale } = useLanguage()
  const { totals } = run
  const count = (number: number) => formatCount(number, locale)
  return (
    <>
      <Facts
        of={[
          [t('total'), <Text key="total" span fw={650}><Money value={totals.total} /></Text>],
          [t('net'), <Money key="net" value={totals.net} />],
          [t('tax'), <Money key="tax" value={totals.tax} />],
          [t('invoices'), count(totals.invoices)],
          [t('credit_notes'), count(totals.credit_notes)],
          [t('lines'), count(totals.lines)],
          [t('parked'), count(run.parked)],
          [t('asked'), <InstantText key="asked" value={run.requested_at} />],
          [t('started'), <InstantText key="started" value={run.started_at} />],
          [t('ended'), <InstantText key="ended" value={run.finished_at} />],
        ]}
      />
      {!isGoing(run) && (
        <Group gap="xs">
          <FileText size={16} />
          <Title order={2} fz="md">
            {t('documents')}
          </Title>
          <Text size="sm" c="dimmed">
            {t(run.dry_run ? 'no_documents_kept' : 'documents_of_run')}
          </Text>
          {!run.dry_run && (
            <Anchor component={Link} to={`/documents?bill_run=${encodeURIComponent(run.id)}`} fz="sm">
              {t('show_documents')}
            </Anchor>
          )}
        </Group>
      )}
      {run.dry_run && run.state === 'finished' && (
        <Text size="sm" c="dimmed">
          {t('approve_hint')}
        </Text>
      )}
    </>
  )
}
