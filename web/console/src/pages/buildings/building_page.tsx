import { Alert, Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { Link, useParams } from 'react-router'
import { problemOf } from '../../api/problem'
import { Facts } from '../../parts/facts'
import { subscriberPath } from '../../parts/subscriber_link'
import { Empty } from '../../ui/empty'
import { Building2, Info } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { type SubService, type Unit, useSubscriber, useSubServices, useUnits } from '../subscribers/queries'
import classes from './building.module.css'
import { floorsOf } from './floors'
import { useBuildingText } from './messages'
import { useDebts } from './requests'
import { UnitTile } from './unit_tile'

export default function BuildingPage() {
  const t = useBuildingText()
  const { subscriber: code = '' } = useParams()
  const { data, error } = useSubscriber(code)
  if (error && problemOf(error).status === 404) return <Empty icon={Building2} title={t('unknown')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Skeleton h={320} m="lg" />
  const subscriber = data.data
  return (
    <Page
      title={subscriber.organization || subscriber.name || code}
      actions={
        <Button component={Link} to={subscriberPath(code)} variant="default">
          {t('to_subscriber')}
        </Button>
      }
    >
      <Facts
        of={[
          [t('balance'), <Money key="balance" value={subscriber.balance} owing />],
          [t('code'), code],
          [t('region'), [subscriber.region, subscriber.country].filter(Boolean).join(', ')],
          [t('category'), subscriber.category],
        ]}
      />
      <House code={code} currency={subscriber.balance.currency} />
    </Page>
  )
}

function House({ code, currency }: { code: string; currency: string }) {
  const t = useBuildingText()
  const units = useUnits(code)
  const services = useSubServices(code)
  const debts = useDebts(code)
  const error = units.error ?? services.error ?? debts.error
  if (error) return <ProblemAlert problem={error} />
  if (!units.data || !services.data || !debts.data) return <Skeleton h={320} />
  if (units.data.items.length === 0) return <Empty icon={Building2} title={t('no_units')} hint={t('no_units_hint')} />
  const of_unit = Map.groupBy(services.data.items, ({ unit }: SubService) => unit)
  const tile = (unit: Pick<Unit, 'name'>, name: string | null) => (
    <UnitTile key={name ?? ''} subscriber={code} name={unit.name} services={of_unit.get(name) ?? []} debt={debts.data.of.get(name)} currency={currency} />
  )
  return (
    <Stack gap="md" mt="md">
      {!debts.data.isComplete && <Alert icon={<Info size={18} />}>{t('more_open')}</Alert>}
      {floorsOf(units.data.items).map(({ floor, units: on_floor }) => (
        <Paper key={floor ?? ''} p="md" component="section" aria-label={floor === null ? t('unnamed_floor') : t('floor', { floor })}>
          <Group justify="space-between" mb="xs">
            <Title order={2}>{floor === null ? t('unnamed_floor') : t('floor', { floor })}</Title>
            <Text size="sm" c="dimmed">
              {t('units', { count: on_floor.length })}
            </Text>
          </Group>
          <div className={classes.floor}>{on_floor.map((unit) => tile(unit, unit.code))}</div>
        </Paper>
      ))}
      {(of_unit.has(null) || debts.data.of.has(null)) && (
        <Paper p="md">
          <div className={classes.floor}>{tile({ name: t('own') }, null)}</div>
        </Paper>
      )}
    </Stack>
  )
}
