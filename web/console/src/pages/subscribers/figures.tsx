import { Anchor, Group, Paper, SimpleGrid, Skeleton, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { formatDate, isNegative, isZero } from '../../ui/format'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { useLanguage } from '../../i18n/language'
import { useSubscriberText } from './messages'
import { type Funds, useFunds } from './queries'

// What is asked first: how much is there, how much is owed, how much is needed.
export function Figures({ subscriber }: { subscriber: string }) {
  const { data, error } = useFunds(subscriber)
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Skeleton h={84} />
  return <Shown subscriber={subscriber} funds={data} />
}

function Shown({ subscriber, funds }: { subscriber: string; funds: Funds }) {
  const t = useSubscriberText()
  const { locale } = useLanguage()
  const documents = `/subscribers/${encodeURIComponent(subscriber)}/documents`
  const { balance, debts, forecast } = funds
  const standing = isZero(balance.amount) ? 'settled' : isNegative(balance.amount) ? 'owes' : 'in_favour'
  const oldest = debts[0]
  return (
    <Paper p="md">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="md" verticalSpacing="sm">
        <Figure label={t('balance')} note={t(standing)}>
          <Money value={balance} owing />
        </Figure>
        <Figure label={t('debts')} note={oldest && t('oldest_due', { date: formatDate(oldest.due, locale) })}>
          {funds.debt_count > 0 ? (
            <Group gap={6} wrap="nowrap">
              <Anchor component={Link} to={documents} inherit aria-label={`${t('debts')}: ${funds.debt_count}`}>
                {funds.debt_count}
              </Anchor>
              <Text span c="dimmed" fz="sm" fw={400}>
                <Money value={funds.debt_total} />
              </Text>
            </Group>
          ) : (
            '0'
          )}
        </Figure>
        <Figure label={t('available')} note={t(`terms_${funds.terms}`)}>
          {funds.available ? <Money value={funds.available} owing /> : <Text span fz="sm">{t('unlimited')}</Text>}
        </Figure>
        <Figure label={t('forecast', { date: formatDate(forecast.month_end, locale) })} note={<Unbilled funds={funds} />}>
          <Money value={forecast.this_month} />
        </Figure>
        <Figure label={t('forecast', { date: formatDate(forecast.next_month_end, locale) })}>
          <Money value={forecast.next_month} />
        </Figure>
        <Figure label={t('recommended')}>
          <Money value={forecast.recommended} />
        </Figure>
      </SimpleGrid>
    </Paper>
  )
}

function Unbilled({ funds: { unbilled } }: { funds: Funds }) {
  const t = useSubscriberText()
  if (isZero(unbilled.amount)) return null
  return (
    <>
      {t('unbilled')}: <Money value={unbilled} />
    </>
  )
}

function Figure({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="div" fw={650} fz="lg" lh={1.4}>
        {children}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {note}
      </Text>
    </div>
  )
}
