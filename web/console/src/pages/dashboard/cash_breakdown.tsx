import { Anchor, Modal, Stack, Table, Text, Title } from '@mantine/core'
import { Link } from 'react-router'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { Money } from '../../ui/money'
import { useCashText } from './cash_messages'
import { cameInPath, cashOf, formatMonth, wentOutPath } from './months'

// What the net cash of a month is made of, each with the list behind it.
export function CashBreakdown({ row, onClose }: { row: Schema<'MonthFigures'>; onClose: () => void }) {
  const t = useCashText()
  const { locale } = useLanguage()
  const sides = [
    { id: 'came_in', what: t('payments', { count: row.came_in.count }), to: cameInPath(row.month), amount: row.came_in.amount },
    { id: 'went_out', what: t('backs', { count: row.went_out.count }), to: wentOutPath(row.month), amount: row.went_out.amount },
  ] as const
  const title = t('title', { month: formatMonth(row.month, locale, 'long') })
  return (
    <Modal opened onClose={onClose} title={<Title order={2}>{title}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('about')}
        </Text>
        <Table aria-label={title} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('what')}</Table.Th>
              <Table.Th />
              <Table.Th ta="right">{t('amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sides.map(({ id, what, to, amount }) => (
              <Table.Tr key={id}>
                <Table.Th scope="row" fw={500}>
                  {t(id)}
                </Table.Th>
                <Table.Td>
                  <Anchor component={Link} to={to} fz="sm">
                    {what}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={amount} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">{t('cash')}</Table.Th>
              <Table.Td />
              <Table.Td ta="right" fw={650}>
                <Money value={cashOf(row)} owing />
              </Table.Td>
            </Table.Tr>
          </Table.Tfoot>
        </Table>
        {row.went_out.count > 1 && (
          <Text size="xs" c="dimmed">
            {t('more_than_once')}
          </Text>
        )}
      </Stack>
    </Modal>
  )
}
