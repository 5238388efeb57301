import { Anchor, Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { formatCount, formatDate } from '../../ui/format'
import { History, RefreshCw } from '../../ui/icons'
import { Money } from '../../ui/money'
import { documentPath } from '../payments/requests'
import { useDifferenceText } from './difference_messages'
import { isKept } from './kept'
import { useKeptText } from './kept_messages'
import { type BillRun, isGoing, runPath, startBillRun, useBillRun } from './requests'

type Comparison = NonNullable<BillRun['comparison']>
type Difference = Schema<'BillRunDifference'>
type Query = NonNullable<operations['list_bill_run_differences']['parameters']['query']>

// What the run brings that the dates before did not, and why: totals by cause, and every single one beneath.
export function DifferencesTab() {
  const t = useDifferenceText()
  const { run: id = '' } = useParams()
  const { data: run } = useBillRun(id)
  if (!run) return null
  if (isGoing(run)) return <Empty icon={RefreshCw} title={t('not_yet')} hint={t('not_yet_hint')} />
  if (!run.compare) return <NotCompared run={run} />
  if (!run.comparison) return <Empty icon={RefreshCw} title={t('nothing_before')} hint={t('nothing_before_hint')} />
  return (
    <Stack gap="md">
      <Sides of={run.comparison} />
      <Causes of={run.comparison} />
      {isKept(run.comparison) ? <Differences run={run.id} /> : <NoLongerKept />}
    </Stack>
  )
}

function NotCompared({ run }: { run: BillRun }) {
  const t = useDifferenceText()
  const navigate = useNavigate()
  const isClerk = useMay('clerk')
  return (
    <Empty icon={RefreshCw} title={t('not_compared')} hint={t(run.dry_run ? 'not_compared_hint' : 'not_compared_real_hint')}>
      {run.dry_run && isClerk && (
        <Button mt="sm" onClick={async () => navigate(`${runPath((await startBillRun(run.through, true)).id)}/differences`)}>
          {t('compare')}
        </Button>
      )}
    </Empty>
  )
}

function NoLongerKept() {
  const t = useKeptText()
  return <Empty icon={History} title={t('gone')} hint={t('gone_hint')} />
}

function Sides({ of: { before, now, difference, sub_services, unchanged } }: { of: Comparison }) {
  const t = useDifferenceText()
  const { locale } = useLanguage()
  const dates = ({ from, to }: Comparison['now']) => t('dates', { from: formatDate(from, locale), to: formatDate(to, locale) })
  const side = (label: string, of: Comparison['now']) => (
    <div>
      <Text size="xs" c="dimmed">
        {label} · {dates(of)}
      </Text>
      <Text fw={650} size="lg">
        <Money value={of.total} />
      </Text>
    </div>
  )
  return (
    <Paper p="md">
      <Group gap="xl" align="flex-start">
        {side(t('before'), before)}
        {side(t('now'), now)}
        <div>
          <Text size="xs" c="dimmed">
            {t('difference')}
          </Text>
          <Text fw={650} size="lg">
            <Money value={difference} />
          </Text>
        </div>
        <Text size="sm" c="dimmed" maw={360}>
          {t('unchanged', { count: unchanged, of: formatCount(sub_services, locale) })}
        </Text>
      </Group>
    </Paper>
  )
}

function Causes({ of }: { of: Comparison }) {
  const { causes, difference } = of
  const t = useDifferenceText()
  const { locale } = useLanguage()
  if (causes.length === 0) return null
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {t('why')}
      </Title>
      <Table aria-label={t('why')} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('cause')}</Table.Th>
            <Table.Th ta="right">{t('sub_services')}</Table.Th>
            <Table.Th ta="right">{t('amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {causes.map(({ cause, sub_services, amount }) => (
            <Table.Tr key={cause}>
              <Table.Td>
                {isKept(of) ? (
                  <Anchor component={Link} to={`?cause=${cause}`} fz="sm" fw={500}>
                    {t(`cause_${cause}`)}
                  </Anchor>
                ) : (
                  <Text fz="sm" fw={500}>
                    {t(`cause_${cause}`)}
                  </Text>
                )}
                <Text size="xs" c="dimmed" visibleFrom="sm">
                  {t(`about_${cause}`)}
                </Text>
              </Table.Td>
              <Table.Td ta="right">{formatCount(sub_services, locale)}</Table.Td>
              <Table.Td ta="right">
                <Money value={amount} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th>{t('together')}</Table.Th>
            <Table.Th />
            <Table.Th ta="right">
              <Money value={difference} />
            </Table.Th>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Paper>
  )
}

function Differences({ run }: { run: string }) {
  const list = useList(run)
  return <DataTable list={list} />
}

const causes = [
  'started', 'resumed', 'cancelled', 'suspended', 'parked', 'service', 'price', 'proration', 'other_dates', 'item_added', 'item_removed',
  'one_off', 'installment', 'credit', 'discount', 'tax',
] as const satisfies readonly Schema<'DifferenceCause'>[]

function DocumentLink({ number }: { number: string | null }) {
  if (!number) return <Text span c="dimmed">–</Text>
  return (
    <Anchor component={Link} to={documentPath(number)} fz="sm">
      {number}
    </Anchor>
  )
}

function useList(run: string): ListOf<Difference> {
  const t = useDifferenceText()
  return useMemo(
    () => ({
      name: `differences-${run}`,
      label: t('list'),
      columns: [
        { id: 'subscriber', header: t('subscriber'), cell: (d) => <SubscriberLink code={d.subscriber} name={d.subscriber_name} />, text: (d) => d.subscriber },
        { id: 'sub_service', header: t('sub_service'), wideOnly: true, cell: (d) => d.sub_service, text: (d) => d.sub_service },
        { id: 'cause', header: t('cause'), cell: (d) => t(`cause_${d.cause}`), text: (d) => d.cause },
        { id: 'amount', header: t('amount'), numeric: true, cell: (d) => <Money value={d.amount} />, text: (d) => d.amount.amount },
        { id: 'before', header: t('before'), numeric: true, wideOnly: true, cell: (d) => <Money value={d.before} />, text: (d) => d.before.amount },
        { id: 'now', header: t('now'), numeric: true, wideOnly: true, cell: (d) => <Money value={d.now} />, text: (d) => d.now.amount },
        { id: 'before_document', header: t('before_document'), wideOnly: true, cell: (d) => <DocumentLink number={d.before_document} />, text: (d) => d.before_document ?? '' },
        { id: 'now_document', header: t('now_document'), wideOnly: true, cell: (d) => <DocumentLink number={d.now_document} />, text: (d) => d.now_document ?? '' },
      ],
      filters: [{ id: 'cause', label: t('cause'), kind: 'choice', options: causes.map((value) => ({ value, label: t(`cause_${value}`) })) }],
      load: (asked, signal) =>
        answered(
          api.GET('/api/v1/bill-runs/{bill_run}/differences', { params: { path: { bill_run: run }, query: asQuery<Query>(asked) }, ...(signal ? { signal } : {}) }),
        ),
      rowKey: (d) => `${d.subscriber}/${d.sub_service}/${d.cause}`,
      empty: <Empty icon={RefreshCw} title={t('all_the_same')} hint={t('all_the_same_hint')} />,
    }),
    [t, run],
  )
}
