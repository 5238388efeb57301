import { AppShell, NavLink, ScrollArea, Stack, Text } from '@mantine/core'
import { Link, useLocation } from 'react-router'
import { navigation, type NavigationItem } from '../navigation'
import { useMay } from '../session/session'
import classes from './frame.module.css'
import { useShellText } from './messages'

export function Navigation() {
  const t = useShellText()
  return (
    <AppShell.Section grow component={ScrollArea} p="xs">
      {navigation.map((group) => (
        <Stack key={group.label} gap={1} mb="sm">
          <Text size="xs" c="dimmed" fw={600} px={10} mb={2}>
              {t(group.label)}
            </Text>
            {group.items.map((item) => (
              <Item key={item.to} item={item} />
            ))}
        </Stack>
      ))}
    </AppShell.Section>
  )
}

function Item({ item }: { item: NavigationItem }) {
  const t = useShellText()
  const { pathname } = useLocation()
  const may = useMay(item.needs ?? 'viewer')
  if (!may) return null
  const active = pathname === item.to || pathname.startsWith(`${item.to}/`)
  return (
    <NavLink
      component={Link}
      to={item.to}
      className={classes.link}
      label={t(item.label)}
      leftSection={<item.icon size={16} />}
      active={active}
      aria-current={active ? 'page' : undefined}
    />
  )
}
