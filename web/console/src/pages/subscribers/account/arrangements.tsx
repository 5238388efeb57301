import { Badge, Button, Group, Paper, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, answered } from '../../../api/client'
import { useLanguage } from '../../../i18n/language'
import { useMay } from '../../../session/session'
import { formatDate } from '../../../ui/format'
import { Money } from '../../../ui/money'
import { ProblemAlert } from '../../../ui/problem_alert'
import { useSubscriberText } from '../messages'
import { forgetSubscriber, type Funds, useFunds } from '../queries'

// What was agreed about debts, and what waits for money: only there when there is any.
export function Arrangements({ subscriber }: { subscriber: string }) {
  const { data: funds } = useFunds(subscriber)
  if (!funds || !(funds.blocked || funds.holds.length || funds.plan || funds.promise || funds.waiting.length)) return null
  return <Shown subscriber={subscriber} funds={funds} />
}

function Shown({ subscriber, funds }: { subscriber: string; funds: Funds }) {
  const t = useSubscriberText()
  const { locale } = useLanguage()
  const date = (day: string) => formatDate(day, locale)
  return (
    <Paper p="sm" px="md">
      <Group gap="lg">
        {funds.blocked && (
          <Badge color="red" variant="light" tt="none">
            {t('blocked')}
          </Badge>
        )}
        {funds.promise && (
          <Text size="sm">
            {t('promised_until', { date: date(funds.promise.until) })} <Money value={funds.promise.amount} />
          </Text>
        )}
        {funds.holds.map((hold) => (
          <Ending key={hold.id} subscriber={subscriber} label={t('release')} end={() => release(subscriber, hold.id)}>
            {t('held')}
            {hold.until && ` ${t('ends', { date: date(hold.until) })}`}
            {hold.reason && `: ${hold.reason}`}
          </Ending>
        ))}
        {funds.plan && (
          <Ending subscriber={subscriber} label={t('end_plan')} end={() => endPlan(subscriber, funds.plan?.id ?? '')}>
            {t('on_plan')}: {t('part_list', { count: funds.plan.parts.length })}
          </Ending>
        )}
        {funds.waiting.length > 0 && (
          <Text size="sm">
            {t('waiting_for_money')}: {funds.waiting.map(({ code }) => code).join(', ')}
          </Text>
        )}
      </Group>
    </Paper>
  )
}

const release = (subscriber: string, hold: string) =>
  answered(api.DELETE('/api/v1/subscribers/{subscriber}/collection-holds/{hold}', { params: { path: { subscriber, hold } } }))
const endPlan = (subscriber: string, plan: string) =>
  answered(api.DELETE('/api/v1/subscribers/{subscriber}/payment-plans/{plan}', { params: { path: { subscriber, plan } } }))

interface EndingProps {
  subscriber: string
  label: string
  end: () => Promise<unknown>
  children: ReactNode
}

function Ending({ subscriber, label, end, children }: EndingProps) {
  const queries = useQueryClient()
  const isClerk = useMay('clerk')
  const ending = useMutation({ mutationFn: end, onSuccess: () => forgetSubscriber(queries, subscriber) })
  return (
    <Group gap="xs">
      <Text size="sm">{children}</Text>
      {isClerk && (
        <Button size="compact-xs" variant="default" loading={ending.isPending} onClick={() => ending.mutate()}>
          {label}
        </Button>
      )}
      {ending.error && <ProblemAlert problem={ending.error} />}
    </Group>
  )
}
