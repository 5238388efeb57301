import { ActionIcon, Box, Group, Menu, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLanguage } from '../../../i18n/language'
import { useMay } from '../../../session/session'
import { Copyable } from '../../../ui/copyable'
import { formatDate } from '../../../ui/format'
import { Ellipsis, Network, Plus, Router } from '../../../ui/icons'
import { Money } from '../../../ui/money'
import { useSubscriberText } from '../messages'
import type { Item, SubService } from '../queries'
import { StatusBadge } from '../status'
import { type ActionKind, type ChosenAction, labels } from './kinds'
import classes from './services.module.css'

interface Props {
  subService: SubService
  choose: (action: ChosenAction) => void
}

// One sub-service: its main service, then what came with it.
export function SubServiceView({ subService, choose }: Props) {
  const main = subService.items.find(({ type }) => type === 'service')
  const parts = subService.items.filter(({ type }) => type !== 'service')
  return (
    <Box className={classes.subService} data-cancelled={subService.status === 'cancelled' || undefined}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Network size={16} className={classes.icon} />
        <Box flex={1} miw={0}>
          <Group gap="xs" style={{ rowGap: 2 }}>
            <Text fw={600} size="sm">
              <bdi>{main?.name ?? subService.service}</bdi>
            </Text>
            <StatusBadge of={subService} />
            <Text size="xs" c="dimmed" component="span">
              <Copyable value={subService.code} />
            </Text>
          </Group>
          <Dates of={subService} />
        </Box>
        {main && (
          <Text size="sm" fw={500}>
            <Money value={main.price} />
          </Text>
        )}
        <SubServiceMenu subService={subService} choose={choose} name={main?.name ?? subService.service} />
      </Group>
      {parts.map((item) => (
        <ItemView key={item.id} subService={subService} item={item} choose={choose} />
      ))}
    </Box>
  )
}

function Dates({ of }: { of: SubService }) {
  const t = useSubscriberText()
  const { locale } = useLanguage()
  const date = (day: string) => formatDate(day, locale)
  const words = [
    of.started_on && t('since', { date: date(of.started_on) }),
    of.billed_to && t('billed_to', { date: date(of.billed_to) }),
    of.next_billing_date && t('next_billing', { date: date(of.next_billing_date) }),
    of.cancel_on && t('cancels_on', { date: date(of.cancel_on) }),
    of.service_change && t('changes_on', { service: of.service_change.service, date: date(of.service_change.on) }),
    of.suspend_reason,
  ]
  return (
    <Text size="xs" c="dimmed">
      {words.filter(Boolean).join(' · ')}
    </Text>
  )
}

interface ItemProps extends Props {
  item: Item
}

function ItemView({ subService, item, choose }: ItemProps) {
  const t = useSubscriberText()
  const { locale } = useLanguage()
  const isCpe = item.type === 'cpe'
  const notes = [
    item.mode === 'installments' && item.installments
      ? t('installments_of', { charged: item.installments.charged, of: item.installments.of })
      : t(`mode_${item.mode}`),
    item.ends_on && t('ends', { date: formatDate(item.ends_on, locale) }),
  ]
  return (
    <Group wrap="nowrap" gap="sm" className={classes.item} align="flex-start">
      {isCpe ? <Router size={14} className={classes.icon} /> : <Plus size={14} className={classes.icon} />}
      <Box flex={1} miw={0}>
        <Text size="sm" component="div">
          <bdi>{item.name}</bdi>
          {item.quantity !== 1 && ` × ${item.quantity}`}{' '}
          {item.serial && (
            <Text span size="xs" c="dimmed">
              <Copyable value={item.serial} />
            </Text>
          )}
        </Text>
        <Text size="xs" c="dimmed">
          {notes.filter(Boolean).join(' · ')}
        </Text>
      </Box>
      <Text size="sm">
        <Money value={item.price} />
      </Text>
      <ItemMenu subService={subService} item={item} choose={choose} />
    </Group>
  )
}

function Dots({ label, children }: { label: string; children: ReactNode }) {
  const isSupport = useMay('support')
  if (!isSupport) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

const offered: Record<SubService['status'], ActionKind[]> = {
  inactive: ['activate', 'add_add_on', 'attach_cpe', 'cancel'],
  active: ['suspend', 'change_service', 'add_add_on', 'attach_cpe', 'move_to_current_price', 'cancel'],
  data_exhausted: ['suspend', 'change_service', 'add_add_on', 'attach_cpe', 'move_to_current_price', 'cancel'],
  suspended: ['resume', 'move_to_current_price', 'cancel'],
  cancelled: [],
}
// A support gives all the other commands, too.
const of_clerks: ActionKind[] = ['attach_cpe', 'move_to_current_price']

function SubServiceMenu({ subService, choose, name }: Props & { name: string }) {
  const t = useSubscriberText()
  const isClerk = useMay('clerk')
  const kinds = offered[subService.status].filter((kind) => isClerk || !of_clerks.includes(kind))
  if (kinds.length === 0) return null
  return (
    <Dots label={t('actions_of', { name: `${name} ${subService.code}` })}>
      {kinds.map((kind) => (
        <Menu.Item key={kind} color={kind === 'cancel' ? 'red' : undefined} onClick={() => choose({ kind, subService })}>
          {t(labels[kind])}
        </Menu.Item>
      ))}
    </Dots>
  )
}

function ItemMenu({ subService, item, choose }: ItemProps) {
  const t = useSubscriberText()
  // A CPE is taken back by its serial number.
  if (subService.status === 'cancelled' || item.ends_on || (item.type === 'cpe' && !item.serial)) return <Box w={28} />
  const kind = item.type === 'cpe' ? 'return_cpe' : 'remove_add_on'
  return (
    <Dots label={t('actions_of', { name: `${item.name} ${item.serial || subService.code}` })}>
      <Menu.Item onClick={() => choose({ kind, subService, item })}>{t(labels[kind])}</Menu.Item>
    </Dots>
  )
}
