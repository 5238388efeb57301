import { Alert, Button, Group, Text } from '@mantine/core'
import { problemOf } from '../api/problem'
import { TriangleAlert } from './icons'
import { useConflictText } from './messages'

export const isConflict = (failure: unknown): boolean => problemOf(failure).status === 412

interface Props {
  takeTheirs: () => void
  keepMine: () => void
}

// A change that another one came before: nothing is lost until one has chosen.
export function Conflict({ takeTheirs, keepMine }: Props) {
  const t = useConflictText()
  return (
    <Alert color="yellow" icon={<TriangleAlert size={18} />} title={t('title')} role="alert">
      <Text size="sm">{t('hint')}</Text>
      <Text size="sm">{t('explain')}</Text>
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={takeTheirs}>
          {t('theirs')}
        </Button>
        <Button size="xs" onClick={keepMine}>
          {t('mine')}
        </Button>
      </Group>
    </Alert>
  )
}
