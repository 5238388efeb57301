import { Alert, Button, Loader, Group, Paper, Progress, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { remember } from '../../ui/memory'
import { formatCount } from '../../ui/format'
import { CircleCheck, TriangleAlert } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { useImportText } from './messages'

type Import = Schema<'Import'>
const poll_ms = 700
const isGoing = ({ state }: Import) => state === 'queued' || state === 'running'

export function ImportResult({ id }: { id: string }) {
  const { data, error } = useQuery({
    queryKey: ['import', id],
    queryFn: () => answered(api.GET('/api/v1/imports/{import}', { params: { path: { import: id } } })),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? poll_ms : false),
  })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loader size="sm" />
  return (
    <Stack gap="md" aria-live="polite">
      {isGoing(data) ? <Reading of={data} /> : <Ended of={data} />}
      {data.errors.length > 0 && <Problems of={data} />}
    </Stack>
  )
}

function Reading({ of: { state, progress } }: { of: Import }) {
  const t = useImportText()
  const { locale } = useLanguage()
  const share = progress.bytes_total > 0 ? (100 * progress.bytes) / progress.bytes_total : 0
  const words = state === 'queued' ? t('queued') : t('progress', { file: progress.file, rows: formatCount(progress.rows, locale) })
  return (
    <Paper p="md">
      <Progress value={share} animated aria-label={words} mb="xs" />
      <Text size="sm">{words}</Text>
    </Paper>
  )
}

function Ended({ of: { result, error } }: { of: Import }) {
  const t = useImportText()
  const { locale } = useLanguage()
  if (!result)
    return (
      <Alert color="red" icon={<TriangleAlert size={18} />} title={t('failed')} role="alert">
        {error}
      </Alert>
    )
  const { operator, ...counts } = result
  const show = () => {
    remember('operator', operator)
    window.location.assign(`${import.meta.env.BASE_URL}subscribers`)
  }
  return (
    <Alert color="teal" icon={<CircleCheck size={18} />} title={t('finished', { operator })}>
      <Text size="sm">{t('counts', Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, formatCount(count, locale)])))}</Text>
      <Button size="xs" mt="xs" onClick={show}>
        {t('reload')}
      </Button>
    </Alert>
  )
}

function Problems({ of: { errors, problem_count } }: { of: Import }) {
  const t = useImportText()
  return (
    <Paper p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('problems', { count: problem_count })}</Title>
        {problem_count > errors.length && (
          <Text size="sm" c="dimmed">
            {t('first', { count: errors.length })}
          </Text>
        )}
      </Group>
      <Table.ScrollContainer minWidth={480} type="native">
        <Table aria-label={t('problems', { count: problem_count })} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('file')}</Table.Th>
              <Table.Th ta="right">{t('line')}</Table.Th>
              <Table.Th>{t('column')}</Table.Th>
              <Table.Th>{t('message')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {errors.map(({ file, line, column, message }) => (
              <Table.Tr key={`${file} ${line} ${column} ${message}`}>
                <Table.Td>{file}</Table.Td>
                <Table.Td ta="right">{line}</Table.Td>
                <Table.Td>{column}</Table.Td>
                <Table.Td>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
