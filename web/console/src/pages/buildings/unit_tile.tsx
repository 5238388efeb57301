import { Text } from '@mantine/core'
import { Link } from 'react-router'
import { subscriberPath } from '../../parts/subscriber_link'
import { useLanguage } from '../../i18n/language'
import { formatMoney, isZero } from '../../ui/format'
import type { SubService } from '../subscribers/queries'
import classes from './building.module.css'
import { useBuildingText } from './messages'
import type { Debt } from './requests'

interface Props {
  subscriber: string
  name: string
  services: SubService[]
  debt: Debt | undefined
  currency: string
}

type State = 'active' | 'suspended' | 'inactive' | 'cancelled' | 'no_service'

// A unit shows the state that wants attention most.
function stateOf(services: SubService[]): State {
  const has = (status: SubService['status']) => services.some((service) => service.status === status)
  if (has('suspended')) return 'suspended'
  if (has('active') || has('data_exhausted')) return 'active'
  if (has('inactive')) return 'inactive'
  return services.length > 0 ? 'cancelled' : 'no_service'
}

export function UnitTile({ subscriber, name, services, debt, currency }: Props) {
  const t = useBuildingText()
  const { locale } = useLanguage()
  const state = stateOf(services)
  const held = services.filter(({ status }) => status !== 'cancelled')
  const owes = debt !== undefined && !isZero(debt.open)
  return (
    <Link to={subscriberPath(subscriber)} className={classes.unit} data-state={state} data-debt={(owes && debt.isOverdue) || undefined}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {t(state)}
        {held.length > 0 && ` · ${held.map(({ service }) => service).join(', ')}`}
      </Text>
      {owes && (
        <Text size="xs" fw={600}>
          {t('owes', { amount: formatMoney({ amount: debt.open, currency }, locale) })}
        </Text>
      )}
    </Link>
  )
}
