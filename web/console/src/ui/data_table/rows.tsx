import { Checkbox, Table, UnstyledButton } from '@mantine/core'
import {
  type ColumnDef, flexRender, getCoreRowModel, type OnChangeFn, type Row as TableRow, type RowSelectionState, useReactTable,
  type VisibilityState,
} from '@tanstack/react-table'
import { memo, type ReactNode, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { ChevronDown, ChevronsUpDown, ChevronUp } from '../icons'
import classes from './data_table.module.css'
import { type ListState, nextSort } from './list_state'
import { useTableText } from './messages'
import type { Column, ListOf } from './types'
import { useRowKeys } from './row_keys'

interface Props<Row> {
  list: ListOf<Row>
  rows: Row[]
  state: ListState
  visibility: VisibilityState
  chosen: RowSelectionState
  setChosen: OnChangeFn<RowSelectionState>
}

export function Rows<Row>({ list, rows, state, visibility, chosen, setChosen }: Props<Row>) {
  const definitions = useMemo(() => list.columns.map(definitionOf), [list.columns])
  const table = useReactTable<Row>({
    data: rows,
    columns: definitions,
    getCoreRowModel: getCoreRowModel(),
    getRowId: list.rowKey,
    state: { columnVisibility: visibility, rowSelection: chosen },
    onRowSelectionChange: setChosen,
    enableRowSelection: list.bulk !== undefined,
  })
  const toggle = (index: number) => table.getRowModel().rows[index]?.toggleSelected()
  const keys = useRowKeys(rows.length, list.bulk ? toggle : undefined)
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table highlightOnHover aria-label={list.label} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {list.bulk && <SelectAll all={table.getIsAllRowsSelected()} some={table.getIsSomeRowsSelected()} set={(on) => table.toggleAllRowsSelected(on)} />}
            {table.getVisibleLeafColumns().map((column) => (
              <Head key={column.id} column={columnOf(list, column.id)} state={state} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={keys.body}>
          {table.getRowModel().rows.map((row) => (
            <OneRow key={row.id} list={list} row={row} isSelected={row.getIsSelected()} visibility={visibility} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

// A text is read from its own side: a name with a full stop at its end keeps it there.
const isolated = (content: ReactNode): ReactNode => (typeof content === 'string' ? <bdi>{content}</bdi> : content)

const definitionOf = <Row,>(column: Column<Row>): ColumnDef<Row> => ({
  id: column.id,
  header: column.header,
  cell: ({ row }) => isolated(column.cell(row.original)),
})

function columnOf<Row>(list: ListOf<Row>, id: string): Column<Row> {
  const column = list.columns.find((one) => one.id === id)
  if (!column) throw new Error(`there is no column ${id}`)
  return column
}

function SelectAll({ all, some, set }: { all: boolean; some: boolean; set: (on: boolean) => void }) {
  const t = useTableText()
  return (
    <Table.Th w={40}>
      <Checkbox size="xs" aria-label={t('select_all')} checked={all} indeterminate={some && !all} onChange={(e) => set(e.currentTarget.checked)} />
    </Table.Th>
  )
}

function Head<Row>({ column, state }: { column: Column<Row>; state: ListState }) {
  const t = useTableText()
  const up = column.sort !== undefined && state.sort === column.sort
  const down = column.sort !== undefined && state.sort === `-${column.sort}`
  return (
    <Table.Th data-numeric={column.numeric || undefined} data-wide={column.wideOnly || undefined} aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      {column.sort === undefined ? (
        column.header
      ) : (
        <UnstyledButton className={classes.sort} title={t('sorted', { column: column.header })} onClick={() => state.setSort(nextSort(column.sort ?? '', state.sort))}>
          {column.header}
          {up && <ChevronUp size={14} />}
          {down && <ChevronDown size={14} />}
          {!up && !down && <ChevronsUpDown size={12} className={classes.unsorted} />}
        </UnstyledButton>
      )}
    </Table.Th>
  )
}

interface RowProps<Row> {
  list: ListOf<Row>
  row: TableRow<Row>
  isSelected: boolean
  // Which cells there are: a row asks the table itself, but has to be told when to ask again.
  visibility: VisibilityState
}

// Rows that stay the same are not drawn again with each letter of a search.
const OneRow = memo(RowView) as typeof RowView

function RowView<Row>({ list, row, isSelected }: RowProps<Row>) {
  const t = useTableText()
  const navigate = useNavigate()
  const link = list.rowLink?.(row.original)
  // A click beside the link of the row opens it as well, unless one was marking text or meant something else.
  const open = (event: React.MouseEvent) => {
    if (!link || window.getSelection()?.toString() || (event.target as HTMLElement).closest('a, button, input, label')) return
    if (event.ctrlKey || event.metaKey) window.open(`${import.meta.env.BASE_URL}${link.slice(1)}`, '_blank', 'noopener')
    else navigate(link)
  }
  return (
    <Table.Tr onClick={open} data-link={link ? true : undefined} bg={isSelected ? 'var(--mantine-color-sluice-light)' : undefined}>
      {list.bulk && (
        <Table.Td>
          <Checkbox size="xs" aria-label={t('select', { row: row.id })} checked={isSelected} onChange={row.getToggleSelectedHandler()} />
        </Table.Td>
      )}
      {row.getVisibleCells().map((cell) => {
        const column = columnOf(list, cell.column.id)
        return (
          <Table.Td key={cell.id} data-numeric={column.numeric || undefined} data-wide={column.wideOnly || undefined}>
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </Table.Td>
        )
      })}
    </Table.Tr>
  )
}
