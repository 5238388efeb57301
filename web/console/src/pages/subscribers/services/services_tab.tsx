import { Button, Group, Paper, Skeleton, Stack, Switch, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../../session/session'
import { Copyable } from '../../../ui/copyable'
import { Empty } from '../../../ui/empty'
import { MapPin, Network, Plus } from '../../../ui/icons'
import { ProblemAlert } from '../../../ui/problem_alert'
import { useSubscriberText } from '../messages'
import { type SubService, type Unit, useSubServices, useUnits } from '../queries'
import { ActionDialog } from './action_dialog'
import type { ChosenAction } from './kinds'
import { SubServiceView } from './sub_service_view'

// Units, what each has, and what can be done with it.
export function ServicesTab({ subscriber }: { subscriber: string }) {
  const t = useSubscriberText()
  const units = useUnits(subscriber)
  const subServices = useSubServices(subscriber)
  const [showsCancelled, setShowsCancelled] = useState(false)
  const [chosen, setChosen] = useState<ChosenAction | null>(null)
  if (units.error || subServices.error) return <ProblemAlert problem={units.error ?? subServices.error} />
  if (!units.data || !subServices.data) return <Skeleton h={220} />
  const all = subServices.data.items
  const cancelled = all.filter(({ status }) => status === 'cancelled').length
  const shown = showsCancelled ? all : all.filter(({ status }) => status !== 'cancelled')
  const groups = inUnits(units.data.items, shown)
  return (
    <Stack gap="sm">
      {cancelled > 0 && (
        <Switch size="xs" label={t('show_cancelled', { count: cancelled })} checked={showsCancelled} onChange={(e) => setShowsCancelled(e.currentTarget.checked)} />
      )}
      {groups.length === 0 && <NoServices subscriber={subscriber} />}
      {groups.map(({ unit, held }) => (
        <UnitView key={unit?.code ?? ''} subscriber={subscriber} unit={unit} held={held} choose={setChosen} />
      ))}
      {chosen && <ActionDialog key={`${chosen.kind} ${chosen.subService.id} ${chosen.item?.id}`} chosen={chosen} onClose={() => setChosen(null)} />}
    </Stack>
  )
}

interface InUnit {
  unit: Unit | null
  held: SubService[]
}

function inUnits(units: Unit[], subServices: SubService[]): InUnit[] {
  const without = subServices.filter(({ unit }) => unit === null)
  const groups: InUnit[] = units.map((unit) => ({ unit, held: subServices.filter((s) => s.unit === unit.code) }))
  return without.length > 0 ? [{ unit: null, held: without }, ...groups] : groups
}

interface UnitProps extends InUnit {
  subscriber: string
  choose: (action: ChosenAction) => void
}

function UnitView({ subscriber, unit, held, choose }: UnitProps) {
  const t = useSubscriberText()
  const isClerk = useMay('clerk')
  const sell = `/sell?subscriber=${encodeURIComponent(subscriber)}${unit ? `&unit=${encodeURIComponent(unit.code)}` : ''}`
  return (
    <Paper component="section" aria-label={unit?.name ?? t('no_unit')}>
      <Group justify="space-between" px="md" py={8} wrap="nowrap">
        <Group gap="xs">
          <MapPin size={15} />
          <Title order={2} fz="md">
            {unit?.name ?? t('no_unit')}
          </Title>
          {unit && unit.code !== unit.name && (
            <Text size="xs" c="dimmed" component="span">
              <Copyable value={unit.code} />
            </Text>
          )}
        </Group>
        {isClerk && (
          <Button component={Link} to={sell} size="compact-sm" variant="subtle" leftSection={<Plus size={14} />} aria-label={`${t('sell')}: ${unit?.name ?? t('no_unit')}`}>
            {t('sell')}
          </Button>
        )}
      </Group>
      {held.map((one) => (
        <SubServiceView key={one.id} subService={one} choose={choose} />
      ))}
    </Paper>
  )
}

function NoServices({ subscriber }: { subscriber: string }) {
  const t = useSubscriberText()
  const isClerk = useMay('clerk')
  return (
    <Empty icon={Network} title={t('no_services')} hint={t('no_services_hint')}>
      {isClerk && (
        <Button component={Link} to={`/sell?subscriber=${encodeURIComponent(subscriber)}`} mt="sm">
          {t('sell')}
        </Button>
      )}
    </Empty>
  )
}
