import { Anchor, Group, Paper, Table, Title } from '@mantine/core'
import { Link } from 'react-router'
import { SubscriberLink } from '../../parts/subscriber_link'
import { DateText } from '../../ui/dates'
import { useBillRunText } from './messages'
import type { BillRun } from './requests'

export function ParkedOfRun({ run }: { run: BillRun }) {
  const t = useBillRunText()
  if (run.parked_accounts.length === 0) return null
  return (
    <Paper p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('parked_here')}</Title>
        <Anchor component={Link} to="/bill-runs/parked" fz="sm">
          {t('all_parked')}
        </Anchor>
      </Group>
      <Table aria-label={t('parked_here')} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('subscriber')}</Table.Th>
            <Table.Th>{t('date')}</Table.Th>
            <Table.Th>{t('reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.parked_accounts.map((parked) => (
            <Table.Tr key={parked.subscriber}>
              <Table.Td>
                <SubscriberLink code={parked.subscriber} />
              </Table.Td>
              <Table.Td>
                <DateText value={parked.date} />
              </Table.Td>
              <Table.Td>{parked.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
