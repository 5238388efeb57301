import { Alert, Button, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { formatCount } from '../../ui/format'
import { CircleCheck, ShieldCheck, TriangleAlert } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { useSettingsPageText } from './messages'

const poll_ms = 1000
const isGoing = ({ state }: Schema<'Verification'>) => state === 'queued' || state === 'running'

export default function VerificationTab() {
  const t = useSettingsPageText()
  const [id, setId] = useState<string | null>(null)
  const starting = useMutation({ mutationFn: () => answered(api.POST('/api/v1/verifications')), onSuccess: (verification) => setId(verification.id) })
  return (
    <Stack gap="md" maw={860}>
      <Text size="sm" c="dimmed">
        {t('verify_about')}
      </Text>
      <Group>
        <Button leftSection={<ShieldCheck size={16} />} loading={starting.isPending} onClick={() => starting.mutate()}>
          {t('verify')}
        </Button>
      </Group>
      {starting.error && <ProblemAlert problem={starting.error} />}
      {id && <Result id={id} />}
    </Stack>
  )
}

function Result({ id }: { id: string }) {
  const t = useSettingsPageText()
  const { locale } = useLanguage()
  const { data, error } = useQuery({
    queryKey: ['verification', id],
    queryFn: () => answered(api.GET('/api/v1/verifications/{verification}', { params: { path: { verification: id } } })),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? poll_ms : false),
  })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loader size="sm" />
  const counts = Object.fromEntries(Object.entries(data.progress).map(([name, count]) => [name, formatCount(count, locale)]))
  if (isGoing(data))
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">{t('verifying', counts)}</Text>
      </Group>
    )
  if (data.error)
    return (
      <Alert color="red" icon={<TriangleAlert size={18} />} title={t('failed')} role="alert">
        {data.error}
      </Alert>
    )
  return (
    <>
      <Alert
        color={data.sound ? 'teal' : 'red'}
        icon={data.sound ? <CircleCheck size={18} /> : <TriangleAlert size={18} />}
        title={t(data.sound ? 'sound' : 'not_sound')}
        role="status"
      >
        {t('checked', counts)}
      </Alert>
      {data.findings.length > 0 && <Findings findings={data.findings} />}
    </>
  )
}

function Findings({ findings }: { findings: Schema<'Finding'>[] }) {
  const t = useSettingsPageText()
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {t('findings')}
      </Title>
      <Table aria-label={t('findings')} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('where')}</Table.Th>
            <Table.Th>{t('message')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {findings.map(({ code, where, message }) => (
            <Table.Tr key={`${code} ${where} ${message}`}>
              <Table.Td>{where}</Table.Td>
              <Table.Td>{message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
