import { Alert, Anchor, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { Link } from 'react-router'
import type { Schema } from '../../api/types'
import { Facts } from '../../parts/facts'
import { useLanguage } from '../../i18n/language'
import { DateText } from '../../ui/dates'
import { formatCount } from '../../ui/format'
import { CircleCheck, Info } from '../../ui/icons'
import { Money } from '../../ui/money'
import { LineState } from './line_state'
import { useBankText } from './messages'

const counts = ['credits', 'known', 'matched', 'unmatched', 'debits', 'reversals', 'pending'] as const

export function UploadResult({ result }: { result: Schema<'BankStatementImport'> }) {
  const t = useBankText()
  const { locale } = useLanguage()
  const { statement } = result
  const isPreview = result.object === 'bank_statement_preview'
  return (
    <Stack gap="sm" aria-live="polite">
      {result.imported_before && (
        <Alert icon={<Info size={18} />} color="yellow">
          {t('before')}
        </Alert>
      )}
      {isPreview && <Title order={2}>{t('preview')}</Title>}
      {!isPreview && !result.imported_before && (
        <Alert icon={<CircleCheck size={18} />} color="teal" title={t('done', { count: statement.credits, matched: statement.matched, unmatched: statement.unmatched })}>
          <Anchor component={Link} to={`/bank-statements/lines?state=unmatched&statement=${encodeURIComponent(statement.id)}`} fz="sm">
            {t('to_lines')}
          </Anchor>
        </Alert>
      )}
      <Facts of={counts.map((name): [string, string] => [t(name), formatCount(statement[name], locale)])} />
      {isPreview && <Lines lines={result.lines} />}
    </Stack>
  )
}

function Lines({ lines }: { lines: Schema<'BankLine'>[] }) {
  const t = useBankText()
  if (lines.length === 0) return <Text size="sm">{t('nothing_in')}</Text>
  return (
    <Paper>
      <Table.ScrollContainer minWidth={560} type="native">
        <Table aria-label={t('first_lines')} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('date')}</Table.Th>
              <Table.Th>{t('payer')}</Table.Th>
              <Table.Th>{t('reference')}</Table.Th>
              <Table.Th>{t('state')}</Table.Th>
              <Table.Th>{t('subscriber')}</Table.Th>
              <Table.Th ta="right">{t('amount')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line, i) => (
              <Table.Tr key={line.id || i}>
                <Table.Td>
                  <DateText value={line.date} />
                </Table.Td>
                <Table.Td>{line.payer}</Table.Td>
                <Table.Td>{line.reference}</Table.Td>
                <Table.Td>
                  <LineState line={line} />
                </Table.Td>
                <Table.Td>{line.subscriber ?? line.candidates.join(', ')}</Table.Td>
                <Table.Td ta="right">
                  <Money value={line.amount} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
