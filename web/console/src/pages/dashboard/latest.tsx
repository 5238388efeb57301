import { Anchor, Group, Paper, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import { SubscriberLink } from '../../parts/subscriber_link'
import { DateText } from '../../ui/dates'
import { Money } from '../../ui/money'
import { useDashboardText } from './messages'

const rows_shown = 8

export function LatestPayments() {
  const t = useDashboardText()
  const { data } = useQuery({
    queryKey: ['payments', 'latest'],
    queryFn: () => answered(api.GET('/api/v1/payments', { params: { query: { sort: '-date', limit: rows_shown } } })),
  })
  return (
    <Latest title={t('payments')} to="/payments?sort=-date" empty={data?.items.length === 0 ? t('no_payments') : null}>
      {data?.items.map((payment) => (
        <Table.Tr key={payment.id}>
          <Table.Td>
            <Anchor component={Link} to={`/payments/${payment.id}`} fz="sm">
              <DateText value={payment.date} />
            </Anchor>
          </Table.Td>
          <Table.Td>
            <SubscriberLink code={payment.subscriber} />
          </Table.Td>
          <Table.Td>{payment.method}</Table.Td>
          <Table.Td ta="right">
            <Money value={payment.amount} />
          </Table.Td>
        </Table.Tr>
      ))}
    </Latest>
  )
}

export function LatestDocuments() {
  const t = useDashboardText()
  const { data } = useQuery({
    queryKey: ['documents', 'latest'],
    queryFn: () => answered(api.GET('/api/v1/documents', { params: { query: { sort: '-date', limit: rows_shown } } })),
  })
  return (
    <Latest title={t('documents')} to="/documents?sort=-date" empty={data?.items.length === 0 ? t('no_documents') : null}>
      {data?.items.map((document) => (
        <Table.Tr key={document.id}>
          <Table.Td>
            <Anchor component={Link} to={`/documents/${encodeURIComponent(document.number)}`} fz="sm" style={{ whiteSpace: 'nowrap' }}>
              {document.number}
            </Anchor>
          </Table.Td>
          <Table.Td>
            <SubscriberLink code={document.subscriber} />
          </Table.Td>
          <Table.Td>
            <DateText value={document.date} />
          </Table.Td>
          <Table.Td ta="right">
            <Money value={document.total} />
          </Table.Td>
        </Table.Tr>
      ))}
    </Latest>
  )
}

function Latest({ title, to, empty, children }: { title: string; to: string; empty: string | null; children: ReactNode }) {
  const t = useDashboardText()
  return (
    <Paper p="md" style={{ overflowX: 'auto' }}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{title}</Title>
        <Anchor component={Link} to={to} fz="sm" aria-label={`${t('all')}: ${title}`}>
          {t('all')}
        </Anchor>
      </Group>
      {empty ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : (
        <Table aria-label={title} fz="sm" verticalSpacing={5} horizontalSpacing={6}>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      )}
    </Paper>
  )
}
