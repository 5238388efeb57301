import { lazy } from 'react'
import { TabbedPage } from '../../parts/tabbed_page'
import { useSession } from '../../session/session'
import { Page } from '../../ui/page'
import { useUserText } from './messages'
import { useSignOnText } from './sign_on_messages'
import { UsersTab } from './users_tab'

const SignOnTab = lazy(() => import('./sign_on_tab'))

// Whom the installation trusts for sign-on is the platform's business: an operator's owner sees the users alone.
export default function UsersPage() {
  const t = useUserText()
  const sign_on = useSignOnText()
  const { ownsPlatform } = useSession()
  if (!ownsPlatform)
    return (
      <Page title={t('title')}>
        <UsersTab />
      </Page>
    )
  return (
    <TabbedPage
      title={t('title')}
      base="/users"
      tabs={[
        { id: '', label: sign_on('tab_users'), Content: UsersTab },
        { id: 'sign-on', label: sign_on('tab'), Content: SignOnTab },
      ]}
    />
  )
}
