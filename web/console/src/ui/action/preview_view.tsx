import { Badge, Box, Group, Paper, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import type { Schema } from '../../api/types'
import { DateText, PeriodText } from '../dates'
import { Money } from '../money'
import { useActionText } from './messages'
import classes from './preview.module.css'

type Charge = Schema<'PreviewedCharge'>

// What a command would charge: in full, then by billing date with every line.
// `today` is the operator's; what falls due up to it is charged now.
export function PreviewView({ charges, today }: { charges: Charge[]; today: string }) {
  const t = useActionText()
  const due = charges.filter((charge) => charge.lines.length > 0)
  if (due.length === 0) return <Text size="sm">{t('nothing')}</Text>
  return (
    <Stack gap="sm">
      <Totals charges={due} today={today} />
      <Paper className={classes.list}>
        {due.map((charge, i) => (
          <ChargeView key={charge.billing_date} charge={charge} isNow={charge.billing_date <= today} opened={due.length <= 3 || i >= due.length - 3} />
        ))}
      </Paper>
    </Stack>
  )
}

function Totals({ charges, today }: { charges: Charge[]; today: string }) {
  const t = useActionText()
  const latest = charges.filter((charge) => charge.billing_date <= today).at(-1)
  const later = charges.filter((charge) => charge.billing_date > today).slice(0, 2)
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
      <Box className={classes.total} data-now>
        <Text size="xs">{t('total_now')}</Text>
        <Text fw={650} size="lg">
          {latest ? <Money value={latest.total} /> : '–'}
        </Text>
        <Text size="xs" c="dimmed">
          {latest && <DateText value={latest.billing_date} />}
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
  isNow: boolean
  opened: boolean
}

function ChargeView({ charge, isNow, opened }: ChargeProps) {
  const t = useActionText()
  return (
    <details open={opened} className={classes.charge}>
      <summary>
        <Group justify="space-between" wrap="nowrap" gap="xs" flex={1}>
          <Group gap="xs">
            <Text size="sm" fw={600} component="span">
              <DateText value={charge.billing_date} />
            </Text>
            {isNow && (
              <Badge size="xs" variant="light">
                {t('now')}
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
      <Table fz="sm" verticalSpacing={4}>
        <Table.Tbody>
          {charge.lines.map((line) => (
            <Table.Tr key={line.id}>
              <Table.Td>
                {line.name}
                {line.quantity !== '1' && ` × ${line.quantity}`}
                <Text size="xs" c="dimmed">
                  <PeriodText from={line.from} to={line.to} />
                  {line.days !== null && line.of_days !== null && line.days !== line.of_days && ` · ${t('days', { days: line.days, of: line.of_days })}`}
                </Text>
              </Table.Td>
              <Table.Td ta="end">
                <Money value={line.net} />
                <Text size="xs" c="dimmed">
                  {t('tax')} <Money value={line.tax} />
                </Text>
              </Table.Td>
              <Table.Td ta="end" fw={500}>
                <Money value={line.gross} />
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr className={classes.sum}>
            <Table.Td>{t('total')}</Table.Td>
            <Table.Td ta="end">
              <Money value={charge.net} />
              <Text size="xs" c="dimmed">
                {t('tax')} <Money value={charge.tax} />
              </Text>
            </Table.Td>
            <Table.Td ta="end" fw={650}>
              <Money value={charge.total} />
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </details>
  )
}
