import { Tabs } from '@mantine/core'
import { type ComponentType, type ReactNode, Suspense } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { Page } from '../ui/page'
import { Starting } from '../ui/starting'

export interface Tab {
  // The last part of the address; the first tab has none.
  id: string
  label: string
  Content: ComponentType
}

// Mantine's tabs have no empty names.
const first = 'first'
const valueOf = (id: string) => id || first

interface Props {
  title: string
  subtitle?: ReactNode
  base: string
  tabs: Tab[]
  actions?: ReactNode
}

// Lists that belong together, each at an address of its own, so that its filters are its own as well.
export function TabbedPage({ title, subtitle, base, tabs, actions }: Props) {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const last = pathname.slice(base.length + 1)
  const chosen = tabs.find(({ id }) => id === last) ?? tabs[0]
  if (!chosen) return null
  const { Content } = chosen
  return (
    <Page title={title} subtitle={subtitle} actions={actions}>
      <Tabs value={valueOf(chosen.id)} onChange={(next) => navigate(next && next !== first ? `${base}/${next}` : base)} keepMounted={false}>
        <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
          {tabs.map(({ id, label }) => (
            <Tabs.Tab key={id} value={valueOf(id)}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={valueOf(chosen.id)} pt="md">
          <Suspense fallback={<Starting />}>
            <Content />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
