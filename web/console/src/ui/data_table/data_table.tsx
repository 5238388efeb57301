import { Box, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type RowSelectionState, type VisibilityState } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { useSession } from '../../session/session'
import { Empty } from '../empty'
import { Search } from '../icons'
import { ProblemAlert } from '../problem_alert'
import { Filters } from './filters'
import { useListState } from './list_state'
import { useTableText } from './messages'
import { Rows } from './rows'
import { Tools } from './tools'
import type { Filter, ListOf } from './types'

const rows_a_page = 50
const no_filters: Filter[] = []

// A list of the API: filters and order in the address, page after page by cursor.
// REQUIRES: `list` keeps its identity while nothing about it changes.
export function DataTable<Row>({ list }: { list: ListOf<Row> }) {
  const t = useTableText()
  const { operator } = useSession()
  const state = useListState(list.filters ?? no_filters)
  const [hidden, setHidden] = useState(() => list.columns.filter((column) => column.hidden).map(({ id }) => id))
  const [chosen, setChosen] = useState<RowSelectionState>({})
  const pages = useInfiniteQuery({
    queryKey: [list.name, 'list', operator?.code, state.asked],
    queryFn: ({ pageParam, signal }) =>
      list.load({ ...state.asked, limit: rows_a_page, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const visibility = useMemo<VisibilityState>(() => Object.fromEntries(hidden.map((id) => [id, false])), [hidden])
  const selected = rows.filter((row) => chosen[list.rowKey(row)])
  const isEmpty = !pages.isPending && !pages.error && rows.length === 0
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end" gap="sm">
        <Box flex={1} miw={{ base: '100%', sm: 0 }}>{list.filters && <Filters filters={list.filters} state={state} />}</Box>
        <Tools list={list} state={state} hidden={hidden} setHidden={setHidden} />
      </Group>
      {list.bulk && selected.length > 0 && (
        <Paper p="xs" px="md">
          <Group gap="sm">
            <Text size="sm" fw={600}>
              {t('chosen', { count: selected.length })}
            </Text>
            {list.bulk(selected, () => setChosen({}))}
          </Group>
        </Paper>
      )}
      {pages.error && <ProblemAlert problem={pages.error} />}
      {isEmpty && (state.isFiltered ? <Empty icon={Search} title={t('nothing')} hint={t('nothing_hint')} /> : list.empty)}
      {pages.isPending && <Loading />}
      {rows.length > 0 && (
        <Paper style={{ overflow: 'hidden' }} aria-busy={pages.isFetching}>
          <Rows list={list} rows={rows} state={state} visibility={visibility} chosen={chosen} setChosen={setChosen} />
        </Paper>
      )}
      {rows.length > 0 && (
        <Group justify="space-between" mih={36}>
          <Text size="sm" c="dimmed" aria-live="polite">
            {t(pages.hasNextPage ? 'shown_more' : 'shown', { count: rows.length })}
          </Text>
          {pages.hasNextPage && (
            <Button variant="default" size="xs" loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
              {t('more')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  )
}

function Loading() {
  const t = useTableText()
  return (
    <Paper p="md" aria-label={t('loading')} role="status">
      <Stack gap="sm">
        {Array.from({ length: 8 }, (_, i) => (
          <Skeleton key={i} height={18} width={`${96 - ((i * 7) % 20)}%`} />
        ))}
      </Stack>
    </Paper>
  )
}
