import { ActionIcon, Menu, Text, useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'react-router'
import { type Language, languages, useLanguage } from '../i18n/language'
import { signOut } from '../session/requests'
import { useSession } from '../session/session'
import { BookOpen, Check, Keyboard, LogOut, Moon, Sun, SunMoon, User } from '../ui/icons'
import { useShellText } from './messages'
import { openShortcuts } from './shortcuts'

export function UserMenu() {
  const t = useShellText()
  const { session, role, isPlatform } = useSession()
  const leaving = useMutation({
    mutationFn: signOut,
    // A page loaded anew holds nothing of what was read before.
    onSuccess: () => window.location.assign('/console/sign-in'),
  })
  const role_name = t(`role_${role}`)
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="default" size={34} radius="xl" aria-label={`${t('account')}: ${session.user.name}`}>
          <User size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="85vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {session.user.name}
          </Text>
          {isPlatform ? `${role_name} · ${t('platform')}` : role_name}
        </Menu.Label>
        <Menu.Item leftSection={<User size={16} />} component={Link} to="/account">
          {t('account')}
        </Menu.Item>
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Keyboard size={16} />} onClick={openShortcuts}>
          {t('shortcuts')}
        </Menu.Item>
        <Menu.Item leftSection={<BookOpen size={16} />} component="a" href="/api/docs">
          {t('api_docs')}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} />} onClick={() => leaving.mutate()}>
          {t('sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const schemes = [
  { value: 'light', label: 'light', icon: Sun },
  { value: 'dark', label: 'dark', icon: Moon },
  { value: 'auto', label: 'like_system', icon: SunMoon },
] as const

function SchemeItems() {
  const t = useShellText()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('colour_scheme')}</Menu.Label>
      {schemes.map(({ value, label, icon: Icon }) => (
        <Menu.Item
          key={value}
          leftSection={<Icon size={16} />}
          rightSection={value === colorScheme ? <Check size={14} /> : undefined}
          onClick={() => setColorScheme(value)}
        >
          {t(label)}
        </Menu.Item>
      ))}
    </>
  )
}

function LanguageItems() {
  const t = useShellText()
  const { language, choose } = useLanguage()
  return (
    <>
      <Menu.Label>{t('language')}</Menu.Label>
      {Object.entries(languages).map(([code, name]) => (
        <Menu.Item
          key={code}
          lang={code}
          rightSection={code === language ? <Check size={14} /> : undefined}
          onClick={() => choose(code as Language)}
        >
          {name}
        </Menu.Item>
      ))}
    </>
  )
}
