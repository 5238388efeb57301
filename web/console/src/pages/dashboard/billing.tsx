import { Anchor, Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import { useLanguage } from '../../i18n/language'
import { useOperator, useToday } from '../../session/operator'
import { useMay } from '../../session/session'
import { DateText } from '../../ui/dates'
import { formatDate } from '../../ui/format'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { type BillRun, isGoing, runPath, startBillRun, useBillRun } from '../bill_runs/requests'
import { useDashboardText } from './messages'
import { endOfNextMonth } from './months'

const runs_looked_at = 50

export function Billing() {
  const t = useDashboardText()
  const operator = useOperator().data
  const runs = useQuery({
    queryKey: ['bill-runs', 'latest'],
    queryFn: () => answered(api.GET('/api/v1/bill-runs', { params: { query: { limit: runs_looked_at } } })),
  })
  const next = useQuery({
    queryKey: ['schedule', 'billing'],
    queryFn: () => answered(api.GET('/api/v1/schedule/{task}', { params: { path: { task: 'billing' } } })),
  })
  return (
    <Paper p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('billing')}</Title>
        <Anchor component={Link} to="/bill-runs" fz="sm">
          {t('bill_runs')}
        </Anchor>
      </Group>
      <Stack gap={6}>
        <Row label={t('billed_through')}>
          <DateText value={operator?.billed_through} />
        </Row>
        <Row label={t('last_run')}>
          <RunText run={runs.data?.items.find(({ dry_run }) => !dry_run)} />
        </Row>
        <Row label={t('last_dry')}>
          <RunText run={runs.data?.items.find(({ dry_run }) => dry_run)} />
        </Row>
        <Row label={t('next_run')}>
          <Anchor component={Link} to="/settings/schedule" fz="sm">
            {next.data?.enabled && next.data.next_date ? <DateText value={next.data.next_date} /> : t('off')}
          </Anchor>
        </Row>
        <Forecast />
      </Stack>
    </Paper>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" ta="end">
        {children}
      </Text>
    </Group>
  )
}

function RunText({ run }: { run: BillRun | undefined }) {
  const t = useDashboardText()
  const { locale } = useLanguage()
  if (!run) return t('none_yet')
  return (
    <>
      <Money value={run.totals.total} />{' '}
      <Anchor component={Link} to={runPath(run.id)} fz="sm">
        {t('through', { date: formatDate(run.through, locale) })}
      </Anchor>
    </>
  )
}

function Forecast() {
  const t = useDashboardText()
  const { locale } = useLanguage()
  const isClerk = useMay('clerk')
  const through = endOfNextMonth(useToday())
  const [run, setRun] = useState<string | null>(null)
  const starting = useMutation({ mutationFn: () => startBillRun(through, true), onSuccess: ({ id }) => setRun(id) })
  if (run) return <ForecastResult run={run} />
  if (!isClerk) return null
  return (
    <Stack gap={6} mt="xs">
      <Text size="xs" c="dimmed">
        {t('forecast_hint')}
      </Text>
      {starting.error && <ProblemAlert problem={starting.error} />}
      <Button variant="light" size="xs" loading={starting.isPending} onClick={() => starting.mutate()}>
        {t('forecast')}: {formatDate(through, locale)}
      </Button>
    </Stack>
  )
}

function ForecastResult({ run: id }: { run: string }) {
  const t = useDashboardText()
  const { locale } = useLanguage()
  const { data: run, error } = useBillRun(id)
  if (error) return <ProblemAlert problem={error} />
  if (!run || isGoing(run))
    return (
      <Group gap="xs" mt="xs">
        <Loader size="xs" />
        <Text size="sm">{t('working')}</Text>
      </Group>
    )
  return (
    <Row label={t('forecast_through', { date: formatDate(run.through, locale) })}>
      <Money value={run.totals.total} /> ·{' '}
      <Anchor component={Link} to={runPath(run.id)} fz="sm">
        {t('invoices', { count: run.totals.invoices })}
      </Anchor>
    </Row>
  )
}
