import { Anchor, Box, Paper, Skeleton, Table, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { useCurrency } from '../../session/operator'
import { formatCount } from '../../ui/format'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { CashBreakdown } from './cash_breakdown'
import { useDashboardText } from './messages'
import { cameInPath, cashOf, daysOf, formatMonth, wentOutPath } from './months'

type Figures = Schema<'MonthFigures'>

const MonthChart = lazy(() => import('./month_chart'))
const months = 12
const chart_height = 220

export function MonthReport() {
  const t = useDashboardText()
  const { data, error } = useQuery({
    queryKey: ['dashboard', 'months'],
    queryFn: () => answered(api.GET('/api/v1/reports/months', { params: { query: { months } } })),
  })
  return (
    <Paper p="md" component="section" aria-label={t('months')}>
      <Title order={2} mb="sm">
        {t('months')}
      </Title>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={chart_height * 2} />}
      {data && (
        <>
          <Chart rows={data.items} />
          <MonthTable rows={data.items.toReversed()} />
          <CashOfMonth rows={data.items} />
        </>
      )}
    </Paper>
  )
}

function Chart({ rows }: { rows: Figures[] }) {
  const { locale } = useLanguage()
  const currency = useCurrency()
  const axis = new Intl.NumberFormat(locale, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 })
  // Heights of bars are all that these numbers are for.
  const bars = rows.map((row) => ({ month: formatMonth(row.month, locale, 'short'), net: Number(row.net.amount), cash: Number(cashOf(row).amount) }))
  return (
    <Suspense fallback={<Skeleton h={chart_height} />}>
      <MonthChart bars={bars} axis={(height) => axis.format(height)} />
    </Suspense>
  )
}

function MonthTable({ rows }: { rows: Figures[] }) {
  const t = useDashboardText()
  const { locale } = useLanguage()
  return (
    <Box style={{ overflowX: 'auto' }} mt="sm">
      <Table aria-label={t('months')} fz="sm" verticalSpacing={4} horizontalSpacing={8} style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('month')}</Table.Th>
            {(['net', 'cash', 'came_in', 'went_out', 'started', 'cancelled'] as const).map((name) => (
              <Table.Th key={name} ta="right">
                {t(name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <MonthRow key={row.month} row={row} locale={locale} />
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  )
}

// Of the month that the address names, so that one comes back to it from the lists.
function CashOfMonth({ rows }: { rows: Figures[] }) {
  const [params, setParams] = useSearchParams()
  const row = rows.find(({ month }) => month === params.get('cash'))
  return row && <CashBreakdown row={row} onClose={() => setParams({})} />
}

function MonthRow({ row, locale }: { row: Figures; locale: string }) {
  const { from, to } = daysOf(row.month)
  const days = `from=${from}&to=${to}`
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {formatMonth(row.month, locale, 'long')}
      </Table.Th>
      <Cell to={`/documents?${days}`} isNothing={row.documents === 0}>
        <Money value={row.net} />
      </Cell>
      <Cell to={`?cash=${row.month}`} isNothing={row.came_in.count + row.went_out.count === 0}>
        <Money value={cashOf(row)} owing />
      </Cell>
      <Cell to={cameInPath(row.month)} isNothing={row.came_in.count === 0}>
        <Money value={row.came_in.amount} />
      </Cell>
      <Cell to={wentOutPath(row.month)} isNothing={row.went_out.count === 0}>
        <Money value={row.went_out.amount} />
      </Cell>
      <Cell to={`/sub-services?started_from=${from}&started_to=${to}`} isNothing={row.started === 0}>
        {formatCount(row.started, locale)}
      </Cell>
      <Cell to={`/sub-services?cancelled_from=${from}&cancelled_to=${to}`} isNothing={row.cancelled === 0}>
        {formatCount(row.cancelled, locale)}
      </Cell>
    </Table.Tr>
  )
}

function Cell({ to, isNothing, children }: { to: string; isNothing: boolean; children: ReactNode }) {
  return (
    <Table.Td ta="right">
      <Anchor component={Link} to={to} fz="sm" c={isNothing ? 'dimmed' : undefined}>
        {children}
      </Anchor>
    </Table.Td>
  )
}
