import { Badge, Box, Group, Paper, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import type { Schema } from '../../api/types'
import { DateText, PeriodText } from '../dates'
import { Money } from '../money'
import { useActionText } from './messages'
import classes from './preview.module.css'

type Charge = Schema<'PreviewedCharge'>

interface Props {
  charges: Charge[]
  // The day that the command counts for. What fell due before waits for a bill run, with the command or without it.
  on: string
}

// What a command would charge: in full, then by billing date with every line.
export function PreviewView({ charges, on }: Props) {
  const t = useActionText()
  const due = charges.filter((charge) => charge.lines.length > 0)
  if (due.length === 0) return <Text size="sm">{t('nothing')}</Text>
  return (
    <Stack gap="sm">
      <Totals charges={due} on={on} />
      <Paper className={classes.list}>
        {due.map((charge, i) => (
          <ChargeView key={charge.billing_date} charge={charge} on={on} opened={due.length <= 3 || i >= due.length - 3} />
        ))}
      </Paper>
    </Stack>
  )
}

function Totals({ charges, on }: Props) {
  const t = useActionText()
  const now = charges.find((charge) => charge.billing_date === on)
  const later = charges.filter((charge) => charge.billing_date > on).slice(0, 2)
  return (
    <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="xs">
      <Box className={classes.total} data-now>
        <Text size="xs">{t('total_now')}</Text>
        <Text fw={650} size="lg">
          {now ? <Money value={now.total} /> : '–'}
        </Text>
        <Text size="xs" c="dimmed">
          {now ? <DateText value={on} /> : t('nothing_now')}
        </Text>
      </Box>
      {later.map((charge) => (
        <Box key={charge.billing_date} className={classes.total}>
          <Text size="xs">{t('then')}</Text>
          <Text fw={650} size="lg">
            <Money value={charge.total} />
          </Text>
          <Text size="xs" c="dimmed">
            <DateText value={charge.billing_date} />
          </Text>
        </Box>
      ))}
    </SimpleGrid>
  )
}

interface ChargeProps {
  charge: Charge
  on: string
  opened: boolean
}

function ChargeView({ charge, on, opened }: ChargeProps) {
  const t = useActionText()
  return (
    <details open={opened} className={classes.charge}>
      <summary>
        <Group justify="space-between" wrap="nowrap" gap="xs" flex={1}>
          <Group gap="xs">
            <Text size="sm" fw={600} component="span">
              <DateText value={charge.billing_date} />
            </Text>
            {charge.billing_date <= on && (
              <Badge size="sm" tt="none" variant="light" color={charge.billing_date === on ? undefined : 'gray'}>
                {t(charge.billing_date === on ? 'now' : 'late')}
              </Badge>
            )}
            <Text size="xs" c="dimmed" component="span">
              {t('lines', { count: charge.lines.length })}
            </Text>
          </Group>
          <Text size="sm" fw={600} component="span">
            <Money value={charge.total} />
          </Text>
        </Group>
      </summary>
      <Table fz="sm" verticalSpacing={4} className={classes.lines}>
        <Table.Tbody>
          {charge.lines.map((line) => (
            <Table.Tr key={line.id}>
              <Table.Td>
                <bdi>{line.name}</bdi>
                {line.quantity !== '1' && ` × ${line.quantity}`}
                <Text size="xs" c="dimmed">
                  <PeriodText from={line.from} to={line.to} />
                  {line.days !== null && line.of_days !== null && line.days !== line.of_days && ` · ${t('days', { days: line.days, of: line.of_days })}`}
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                <Money value={line.net} />
                <Text size="xs" c="dimmed">
                  {t('tax')} <Money value={line.tax} />
                </Text>
              </Table.Td>
              <Table.Td ta="right" fw={500}>
                <Money value={line.gross} />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr className={classes.sum}>
            <Table.Td>{t('total')}</Table.Td>
            <Table.Td ta="right">
              <Money value={charge.net} />
              <Text size="xs" c="dimmed">
                {t('tax')} <Money value={charge.tax} />
              </Text>
            </Table.Td>
            <Table.Td ta="right" fw={650}>
              <Money value={charge.total} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </details>
  )
}
