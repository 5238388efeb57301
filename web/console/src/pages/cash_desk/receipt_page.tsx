import { Button, Divider, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { api, answered } from '../../api/client'
import { problemOf } from '../../api/problem'
import { useSession } from '../../session/session'
import { DateText, InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { ArrowLeft, Printer, Receipt } from '../../ui/icons'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { useCashText } from './messages'
import { shiftPath } from './paths'
import classes from './receipt.module.css'

// A receipt as it is handed over; printed, nothing else of the console is on the paper.
export default function ReceiptPage() {
  const t = useCashText()
  const { operator } = useSession()
  const { receipt: number = '' } = useParams()
  const { data: movement, error } = useQuery({
    queryKey: ['cash-receipt', number],
    queryFn: () => answered(api.GET('/api/v1/cash-receipts/{receipt}', { params: { path: { receipt: number } } })),
  })
  if (error && problemOf(error).status === 404) return <Empty icon={Receipt} title={t('unknown_receipt')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!movement) return <Skeleton h={320} m="lg" />
  return (
    <Stack p={{ base: 'sm', sm: 'lg' }}>
      <Group justify="center" className={classes.screen}>
        <Button component={Link} to={shiftPath(movement.shift)} variant="default" leftSection={<ArrowLeft size={16} />}>
          {t('back')}
        </Button>
        <Button leftSection={<Printer size={16} />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </Group>
      <Paper className={classes.receipt}>
        <Text fw={600}>{operator?.name}</Text>
        <Title order={1} fz="lg" my="xs">
          {t('receipt_title', { number })}
        </Title>
        <Divider my="sm" />
        <Stack gap={6}>
          <Row label={t('date')}>
            <DateText value={movement.date} />
          </Row>
          <Row label={t('at')}>
            <InstantText value={movement.at} />
          </Row>
          <Row label={t('receipt_for')}>
            {movement.name} {movement.subscriber && `(${movement.subscriber})`}
          </Row>
          <Row label={t('receipt_by')}>{movement.actor}</Row>
        </Stack>
        <Divider my="sm" />
        <Group justify="space-between">
          <Text fw={600}>{t('amount')}</Text>
          <Text fw={700} fz="xl">
            <Money value={movement.amount} />
          </Text>
        </Group>
        <Text size="sm" c="dimmed" mt="md">
          {t('receipt_thanks')}
        </Text>
      </Paper>
    </Stack>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Group justify="space-between" wrap="nowrap" align="baseline">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" ta="end">
        {children}
      </Text>
    </Group>
  )
}
