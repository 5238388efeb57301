import { Box, Skeleton, Stack, Tabs } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useNavigate, useParams } from 'react-router'
import { problemOf } from '../../api/problem'
import { Empty } from '../../ui/empty'
import { Users } from '../../ui/icons'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { Starting } from '../../ui/starting'
import { AccountActions } from './account/account_actions'
import { Arrangements } from './account/arrangements'
import { Wallets } from './account/wallets'
import { Figures } from './figures'
import { Identity } from './identity'
import { useSubscriberText } from './messages'
import { PinnedNotes } from './notes/pinned_notes'
import { useSubscriber } from './queries'
import { ServicesTab } from './services/services_tab'

// In the order in which a call asks for them. What is used, once it is counted, stands beside the services.
const tabs = {
  services: ServicesTab,
  documents: lazy(() => import('./money/documents_tab')),
  payments: lazy(() => import('./money/payments_tab')),
  notes: lazy(() => import('./notes/notes_tab')),
  pending: lazy(() => import('./money/pending_tab')),
  timeline: lazy(() => import('./timeline_tab')),
  details: lazy(() => import('./details_tab')),
}
type Tab = keyof typeof tabs

const isTab = (word: string | undefined): word is Tab => word !== undefined && word in tabs

export default function SubscriberPage() {
  const t = useSubscriberText()
  const { subscriber: code = '', tab } = useParams()
  const { data, error } = useSubscriber(code)
  if (error && problemOf(error).status === 404) return <Empty icon={Users} title={t('unknown')} hint={problemOf(error).detail} />
  if (error)
    return (
      <Page title={code}>
        <ProblemAlert problem={error} />
      </Page>
    )
  if (!data) return <Loading />
  const subscriber = data.data
  return (
    <Page title={subscriber.name || code} subtitle={<Identity subscriber={subscriber} />} actions={<AccountActions subscriber={subscriber} />}>
      <Stack gap="md">
        <Figures subscriber={code} />
        <Arrangements subscriber={code} />
        <Wallets subscriber={code} />
        <PinnedNotes subscriber={code} />
        <SubscriberTabs code={code} tab={isTab(tab) ? tab : 'services'} />
      </Stack>
    </Page>
  )
}

function SubscriberTabs({ code, tab }: { code: string; tab: Tab }) {
  const t = useSubscriberText()
  const navigate = useNavigate()
  const Content = tabs[tab]
  return (
    <Tabs
      value={tab}
      onChange={(next) => navigate(`/subscribers/${encodeURIComponent(code)}/${next}`, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List aria-label={t('sections')} style={{ flexWrap: 'nowrap', overflowX: 'auto' }}>
        {(Object.keys(tabs) as Tab[]).map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`tab_${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab} pt="md">
        <Suspense fallback={<Starting />}>
          <Content subscriber={code} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  )
}

function Loading() {
  return (
    <Box p="lg" role="status" aria-busy>
      <Stack gap="md">
        <Skeleton h={28} w={280} />
        <Skeleton h={84} />
        <Skeleton h={36} w={520} />
        <Skeleton h={220} />
      </Stack>
    </Box>
  )
}
