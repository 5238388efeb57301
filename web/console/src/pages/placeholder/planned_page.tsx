import { useLocation } from 'react-router'
import { navigation } from '../../navigation'
import { useShellText } from '../../shell/messages'
import { Empty } from '../../ui/empty'
import { Package } from '../../ui/icons'
import { Page } from '../../ui/page'

export default function PlannedPage() {
  const t = useShellText()
  const { pathname } = useLocation()
  const item = navigation.flatMap((group) => group.items).find(({ to }) => pathname.startsWith(to))
  return (
    <Page title={item ? t(item.label) : t('planned')}>
      <Empty icon={item?.icon ?? Package} title={t('planned')} hint={t('planned_hint')} />
    </Page>
  )
}
