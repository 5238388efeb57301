import { Anchor, Paper, Skeleton, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { sum } from '../../parts/decimals'
import { addDays, formatCount, formatDate } from '../../ui/format'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { useDashboardText } from './messages'

type Age = Schema<'DebtAge'>

export function DebtReport() {
  const t = useDashboardText()
  const { locale } = useLanguage()
  const { data, error } = useQuery({ queryKey: ['dashboard', 'debts'], queryFn: () => answered(api.GET('/api/v1/reports/debts')) })
  const currency = data?.items[0]?.open.amount.currency
  return (
    <Paper p="md" component="section" aria-label={t('debts')}>
      <Title order={2}>{t('debts')}</Title>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={160} />}
      {data && (
        <>
          <Text size="xs" c="dimmed" mb="xs">
            {t('debts_as_of', { date: formatDate(data.as_of, locale) })}
          </Text>
          <Table aria-label={t('debts')} fz="sm" verticalSpacing={5} horizontalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('age')}</Table.Th>
                <Table.Th ta="right">{t('count')}</Table.Th>
                <Table.Th ta="right">{t('open')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((age) => (
                <AgeRow key={age.from_days ?? 0} age={age} asOf={data.as_of} locale={locale} />
              ))}
            </Table.Tbody>
            {currency && (
              <Table.Tfoot>
                <Table.Tr>
                  <Table.Th colSpan={2}>{t('together')}</Table.Th>
                  <Table.Th ta="right">
                    <Money value={{ amount: sum(data.items.map(({ open }) => open.amount.amount)), currency }} />
                  </Table.Th>
                </Table.Tr>
              </Table.Tfoot>
            )}
          </Table>
        </>
      )}
    </Paper>
  )
}

// The documents of an age: those that are open, and were due that many days before.
function listOf({ from_days, to_days }: Age, asOf: string): string {
  const due = from_days === null ? { due_from: asOf } : { ...(to_days === null ? {} : { due_from: addDays(asOf, -to_days) }), due_to: addDays(asOf, -from_days) }
  return `/documents?${new URLSearchParams({ open: 'true', ...due, sort: 'due' })}`
}

function AgeRow({ age: one, asOf, locale }: { age: Age; asOf: string; locale: string }) {
  const { from_days, to_days, open } = one
  const t = useDashboardText()
  const age = from_days === null ? t('not_due') : to_days === null ? t('days_and_more', { from: from_days }) : t('days', { from: from_days, to: to_days })
  const to = listOf(one, asOf)
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {age}
      </Table.Th>
      <Table.Td ta="right">
        <Anchor component={Link} to={to} fz="sm">
          {formatCount(open.count, locale)}
        </Anchor>
      </Table.Td>
      <Table.Td ta="right">
        <Anchor component={Link} to={to} fz="sm">
          <Money value={open.amount} />
        </Anchor>
      </Table.Td>
    </Table.Tr>
  )
}
