import { Anchor, AppShell, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Suspense, useEffect } from 'react'
import { Outlet, useLocation } from 'react-router'
import { roleNeededAt } from '../navigation'
import { mayAs, RequireSession, useSession } from '../session/session'
import { Empty } from '../ui/empty'
import { Building2, ShieldCheck } from '../ui/icons'
import { Starting } from '../ui/starting'
import classes from './frame.module.css'
import { Brand } from './brand'
import { useShellText } from './messages'
import { Navigation } from './navigation'
import { OperatorSwitch } from './operator_switch'
import { Palette, PaletteButton } from './palette'
import { Shortcuts } from './shortcuts'
import { UserMenu } from './user_menu'

export function Frame() {
  return (
    <RequireSession>
      <SignedInFrame />
    </RequireSession>
  )
}

function SignedInFrame() {
  const t = useShellText()
  const [opened, { toggle, close }] = useDisclosure()
  const { pathname } = useLocation()
  useEffect(close, [pathname, close])
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
      <Anchor href="#content" className={classes.skip}>
        {t('skip')}
      </Anchor>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t(opened ? 'close_menu' : 'open_menu')} />
          <Brand />
          <OperatorSwitch />
          <PaletteButton />
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t('main_navigation')}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Content />
      </AppShell.Main>
      <Palette />
      <Shortcuts />
    </AppShell>
  )
}

function Content() {
  const t = useShellText()
  const { operator, role } = useSession()
  const { pathname } = useLocation()
  if (!operator) return <Empty icon={Building2} title={t('no_operator')} hint={t('no_operator_hint')} />
  const needed = roleNeededAt(pathname)
  if (!mayAs(role, needed)) return <Empty icon={ShieldCheck} title={t('not_allowed')} hint={t('not_allowed_hint', { role: t(`role_${needed}`), own: t(`role_${role}`) })} />
  return (
    <Suspense fallback={<Starting />}>
      <Outlet />
    </Suspense>
  )
}
