import { Code, Modal, ScrollArea, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { Schema } from '../../api/types'
import { InstantText } from '../../ui/dates'
import { useAuditText } from './messages'

export type AuditEntry = Schema<'AuditEntry'>

export function EntryDialog({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const t = useAuditText()
  return (
    <Modal opened onClose={onClose} size="xl" title={<Title order={2}>{entry.operation}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <Text size="sm">
          <InstantText value={entry.at} /> · {entry.actor.name} · {entry.address} · {entry.status}
        </Text>
        <Data title={t('request')} value={entry.request} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Data title={t('before')} value={entry.before} />
          <Data title={t('after')} value={entry.after} />
        </SimpleGrid>
      </Stack>
    </Modal>
  )
}

function Data({ title, value }: { title: string; value: Record<string, unknown> | null }) {
  const t = useAuditText()
  return (
    <div>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {value === null ? (
        <Text size="sm" c="dimmed">
          {t('nothing')}
        </Text>
      ) : (
        <ScrollArea.Autosize mah="40vh" tabIndex={0}>
          <Code block>{JSON.stringify(value, null, 2)}</Code>
        </ScrollArea.Autosize>
      )}
    </div>
  )
}
