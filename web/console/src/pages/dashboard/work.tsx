import { Group, Loader, Paper, SimpleGrid, Text } from '@mantine/core'
import type { ComponentType } from 'react'
import { Link } from 'react-router'
import { useLanguage } from '../../i18n/language'
import { formatCount } from '../../ui/format'
import { AlarmClock, Banknote, FileText, HandCoins, Landmark, Receipt, TriangleAlert, Wallet } from '../../ui/icons'
import { type CountedList, useCount } from './counts'
import classes from './dashboard.module.css'
import { useDashboardText } from './messages'

const tiles: { of: CountedList; to: string; icon: ComponentType<{ size?: number }> }[] = [
  { of: 'parked', to: '/bill-runs/parked', icon: TriangleAlert },
  { of: 'lines', to: '/bank-statements/lines?state=unmatched', icon: Landmark },
  { of: 'steps', to: '/collection', icon: AlarmClock },
  { of: 'overdue', to: '/documents?overdue=true', icon: FileText },
  { of: 'payouts', to: '/payments/payouts?state=open', icon: HandCoins },
  { of: 'cheques', to: '/payments/cheques?state=received', icon: Receipt },
  { of: 'shifts', to: '/cash-desk?state=open', icon: Wallet },
]

// What waits for somebody. Every number is a link to what it counts.
export function Work() {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 4, xl: 7 }} spacing="sm">
      {tiles.map((tile) => (
        <Tile key={tile.of} {...tile} />
      ))}
    </SimpleGrid>
  )
}

function Tile({ of, to, icon: Icon = Banknote }: (typeof tiles)[number]) {
  const t = useDashboardText()
  const { data, error } = useCount(of)
  return (
    <Paper component={Link} to={to} className={classes.tile} data-quiet={data?.count === 0 || undefined}>
      <Group gap={6} wrap="nowrap" align="flex-start" mih={36}>
        <Icon size={15} />
        <Text size="xs">{t(of)}</Text>
      </Group>
      <div className={classes.figure}>
        <Figure data={data} isFailed={error !== null} />
      </div>
    </Paper>
  )
}

function Figure({ data, isFailed }: { data: { count: number; isMore: boolean } | undefined; isFailed: boolean }) {
  const t = useDashboardText()
  const { locale } = useLanguage()
  if (isFailed) return <Text size="sm">{t('failed')}</Text>
  if (!data) return <Loader size="xs" />
  if (data.isMore) return <Text size="lg" fw={650}>{t('more', { count: data.count })}</Text>
  return formatCount(data.count, locale)
}
