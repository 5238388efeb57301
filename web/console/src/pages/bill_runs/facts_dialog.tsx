import { Code, Modal, ScrollArea, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import { ProblemAlert } from '../../ui/problem_alert'
import { useBillRunText } from './messages'

export function FactsDialog({ subscriber, onClose }: { subscriber: string; onClose: () => void }) {
  const t = useBillRunText()
  const { data, error } = useQuery({
    queryKey: ['parked_account', subscriber],
    queryFn: () => answered(api.GET('/api/v1/parked-accounts/{subscriber}', { params: { path: { subscriber } } })),
  })
  return (
    <Modal opened onClose={onClose} size="xl" title={<Title order={2}>{t('facts_of', { subscriber })}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={160} />}
      {data && (
        <Stack gap="sm">
          <Text size="sm">{data.reason}</Text>
          {data.facts ? (
            <ScrollArea.Autosize mah="60vh" tabIndex={0}>
              <Code block>{JSON.stringify(data.facts, null, 2)}</Code>
            </ScrollArea.Autosize>
          ) : (
            <Text size="sm" c="dimmed">
              {t('facts_gone')}
            </Text>
          )}
        </Stack>
      )}
    </Modal>
  )
}
