import { Alert, ScrollArea, Table } from '@mantine/core'
import type { Schema } from '../../api/types'
import { TriangleAlert } from '../icons'
import { useActionText } from './messages'

interface Props {
  refused: Schema<'CommandResult'>[]
  nameOf: (index: number) => string
}

// Of many commands those that would be refused, each with its reason; the others are carried out.
export function RefusalList({ refused, nameOf }: Props) {
  const t = useActionText()
  const title = t('refused', { count: refused.length })
  return (
    <Alert color="yellow" icon={<TriangleAlert size={18} />} title={title}>
      <ScrollArea.Autosize mah={220} tabIndex={0} role="region" aria-label={title}>
        <Table fz="sm" verticalSpacing={4} aria-label={title}>
          <Table.Tbody>
            {refused.map(({ index, message }) => (
              <Table.Tr key={index}>
                <Table.Th scope="row" fw={500} style={{ verticalAlign: 'top', whiteSpace: 'nowrap' }}>
                  {nameOf(index)}
                </Table.Th>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Alert>
  )
}
