import { lazy } from 'react'
import { useMay } from '../../session/session'
import { TabbedPage } from '../../parts/tabbed_page'
import { useSettingsPageText } from './messages'
import { OperatorTab } from './operator_tab'

const ScheduleTab = lazy(() => import('./schedule_tab'))
const WebhooksTab = lazy(() => import('./webhooks_tab'))
const DeliveriesTab = lazy(() => import('./deliveries_tab'))
const MailTab = lazy(() => import('./mail_tab'))
const TemplatesTab = lazy(() => import('./templates_tab'))
const VerificationTab = lazy(() => import('./verification_tab'))

export default function SettingsPage() {
  const t = useSettingsPageText()
  const isOwner = useMay('owner')
  return (
    <TabbedPage
      title={t('title')}
      base="/settings"
      tabs={[
        { id: 'operator', label: t('tab_operator'), Content: OperatorTab },
        { id: 'schedule', label: t('tab_schedule'), Content: ScheduleTab },
        { id: 'webhooks', label: t('tab_webhooks'), Content: WebhooksTab },
        { id: 'deliveries', label: t('tab_deliveries'), Content: DeliveriesTab },
        { id: 'mail', label: t('tab_mail'), Content: MailTab },
        { id: 'messages', label: t('tab_templates'), Content: TemplatesTab },
        ...(isOwner ? [{ id: 'verification', label: t('tab_verification'), Content: VerificationTab }] : []),
      ]}
    />
  )
}
