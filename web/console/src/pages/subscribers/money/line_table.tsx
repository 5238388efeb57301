import { ActionIcon, Group, Table, Text, Tooltip } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { DateText, PeriodText } from '../../../ui/dates'
import { CircleHelp } from '../../../ui/icons'
import { Money } from '../../../ui/money'
import { useSubscriberText } from '../messages'
import type { Line } from '../queries'
import type { ReactNode } from 'react'

const WhyDialog = lazy(async () => ({ default: (await import('../../../why/why_dialog')).WhyDialog }))

interface Props {
  lines: Line[]
  subscriber: string
  label: string
  shows_billing_date?: boolean
  action?: (line: Line) => ReactNode
}

// Lines, each of which can be asked why it is what it is.
export function LineTable({ lines, subscriber, label, shows_billing_date = false, action }: Props) {
  const t = useSubscriberText()
  const [asked, setAsked] = useState<Line | null>(null)
  return (
    <>
      <Table.ScrollContainer minWidth={560} type="native">
        <Table aria-label={label} fz="sm">
          <Table.Thead>
            <Table.Tr fz="xs" c="dimmed">
              <Table.Th>{t('line')}</Table.Th>
              {shows_billing_date && <Table.Th>{t('billing_date')}</Table.Th>}
              <Table.Th>{t('period')}</Table.Th>
              <Table.Th ta="right">{t('price')}</Table.Th>
              <Table.Th ta="right">{t('net')}</Table.Th>
              <Table.Th ta="right">{t('tax')}</Table.Th>
              <Table.Th ta="right">{t('gross')}</Table.Th>
              <Table.Th aria-label={t('why')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={line.id}>
                <Table.Td>
                  <bdi>{line.name}</bdi>
                  {line.quantity !== '1' && ` × ${line.quantity}`}
                  <Text size="xs" c="dimmed">
                    {line.sub_service} · {line.installment ?? t(`kind_${line.kind}`)}
                  </Text>
                </Table.Td>
                {shows_billing_date && (
                  <Table.Td>
                    <DateText value={line.billing_date} />
                  </Table.Td>
                )}
                <Table.Td>
                  <PeriodText from={line.from} to={line.to} />
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={line.unit_price} />
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={line.net} />
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={line.tax} />
                </Table.Td>
                <Table.Td ta="right" fw={500}>
                  <Money value={line.gross} />
                </Table.Td>
                <Table.Td>
                  <Group gap={2} wrap="nowrap" justify="flex-end">
                    <Tooltip label={t('why')}>
                      <ActionIcon variant="subtle" aria-label={`${t('why')} ${line.name}`} onClick={() => setAsked(line)}>
                        <CircleHelp size={16} />
                      </ActionIcon>
                    </Tooltip>
                    {action?.(line)}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Suspense>{asked && <WhyDialog line={asked} subscriber={subscriber} onClose={() => setAsked(null)} />}</Suspense>
    </>
  )
}
