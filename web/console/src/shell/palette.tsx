import { Kbd, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, answered } from '../api/client'
import { navigation } from '../navigation'
import { mayAs, useSession } from '../session/session'
import { Keyboard, Search, SunMoon, Users } from '../ui/icons'
import classes from './frame.module.css'
import { useShellText } from './messages'
import { openShortcuts } from './shortcuts'

export function PaletteButton() {
  const t = useShellText()
  return (
    <UnstyledButton className={classes.search} onClick={spotlight.open} aria-haspopup="dialog">
      <Search size={15} />
      <span>{t('search')}</span>
      <Kbd size="xs" aria-hidden>
        Ctrl K
      </Kbd>
    </UnstyledButton>
  )
}

const contains = (text: string, query: string) => text.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase())

function useFoundSubscribers(query: string): SpotlightActionData[] {
  const navigate = useNavigate()
  const [q] = useDebouncedValue(query.trim(), 80)
  const found = useQuery({
    queryKey: ['subscribers', 'palette', q],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/subscribers', { params: { query: { q, limit: 8 } }, signal })),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  })
  if (q.length < 2) return []
  return (found.data?.items ?? []).map(({ id, code, name }) => ({
    id,
    label: name || code,
    description: code,
    leftSection: <Users size={18} />,
    onClick: () => navigate(`/subscribers/${encodeURIComponent(code)}`),
  }))
}

function useFixedActions(): SpotlightActionGroupData[] {
  const t = useShellText()
  const navigate = useNavigate()
  const { toggleColorScheme } = useMantineColorScheme()
  const { role } = useSession()
  const pages = navigation.flatMap((group) => group.items).filter((item) => mayAs(role, item.needs ?? 'viewer'))
  return [
    {
      group: t('actions'),
      actions: [
        { id: 'scheme', label: t('colour_scheme'), leftSection: <SunMoon size={18} />, onClick: () => toggleColorScheme() },
        { id: 'keys', label: t('shortcuts'), leftSection: <Keyboard size={18} />, onClick: openShortcuts },
      ],
    },
    {
      group: t('pages'),
      actions: pages.map(({ to, label, icon: Icon }) => ({
        id: to,
        label: t(label),
        leftSection: <Icon size={18} />,
        onClick: () => navigate(to),
      })),
    },
  ]
}

export function Palette() {
  const t = useShellText()
  const [query, setQuery] = useState('')
  const subscribers = useFoundSubscribers(query)
  const fixed = useFixedActions().map((group) => ({
    ...group,
    actions: group.actions.filter((action) => contains(action.label ?? '', query)),
  }))
  const groups = [{ group: t('subscribers'), actions: subscribers }, ...fixed].filter((group) => group.actions.length > 0)
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      actions={groups}
      // What the server finds by other words than the name is no less found.
      filter={() => groups}
      nothingFound={<Text size="sm">{t('nothing_found')}</Text>}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      // At once, so that not a letter goes elsewhere.
      transitionProps={{ duration: 0 }}
      styles={{ actionsList: { maxHeight: '60vh', overflowY: 'auto' } }}
      searchProps={{ leftSection: <Search size={18} />, placeholder: t('search_hint'), 'aria-label': t('search') }}
    />
  )
}
