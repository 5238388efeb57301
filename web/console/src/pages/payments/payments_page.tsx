import { lazy } from 'react'
import { TabbedPage } from '../../parts/tabbed_page'
import { usePaymentText } from './messages'
import { PaymentsTab } from './payments_tab'

const PayoutsTab = lazy(() => import('./payouts_tab'))
const ChequesTab = lazy(() => import('./cheques_tab'))
const CheckoutsTab = lazy(() => import('./checkouts_tab'))
const AutomaticTab = lazy(() => import('./automatic_tab'))
const ProFormasTab = lazy(() => import('./pro_formas_tab'))
const AdvanceTab = lazy(() => import('./advance_tab'))

export default function PaymentsPage() {
  const t = usePaymentText()
  return (
    <TabbedPage
      title={t('title')}
      base="/payments"
      tabs={[
        { id: '', label: t('tab_payments'), Content: PaymentsTab },
        { id: 'payouts', label: t('tab_payouts'), Content: PayoutsTab },
        { id: 'cheques', label: t('tab_cheques'), Content: ChequesTab },
        { id: 'checkouts', label: t('tab_checkouts'), Content: CheckoutsTab },
        { id: 'automatic', label: t('tab_automatic'), Content: AutomaticTab },
        { id: 'pro-formas', label: t('tab_pro_formas'), Content: ProFormasTab },
        { id: 'advance', label: t('tab_advance'), Content: AdvanceTab },
      ]}
    />
  )
}
