import { Badge } from '@mantine/core'
import { useSubscriberText } from './messages'
import type { DocumentHead, SubService } from './queries'

const colours: Record<SubService['status'], string> = {
  inactive: 'gray', active: 'teal', suspended: 'orange', data_exhausted: 'yellow', cancelled: 'gray',
}

export function StatusBadge({ of: { status, suspended_for } }: { of: SubService }) {
  const t = useSubscriberText()
  const why = status === 'suspended' && suspended_for ? ` ${t(`for_${suspended_for}`)}` : ''
  return (
    <Badge variant="light" color={colours[status]} size="sm" tt="none" miw="max-content">
      {t(`status_${status}`) + why}
    </Badge>
  )
}

const state_colours: Record<DocumentHead['state'], string> = {
  draft: 'gray', issued: 'blue', partially_paid: 'yellow', paid: 'teal', void: 'gray',
}

export function DocumentState({ of: { state, overdue } }: { of: DocumentHead }) {
  const t = useSubscriberText()
  return (
    <Badge variant="light" color={overdue ? 'red' : state_colours[state]} size="sm" tt="none" miw="max-content">
      {overdue ? t('overdue') : t(`state_${state}`)}
    </Badge>
  )
}
