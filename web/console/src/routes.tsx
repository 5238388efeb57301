import type { ComponentType } from 'react'
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { Frame } from './shell/frame'
import { NotFound } from './shell/not_found'
import { PageFailure } from './shell/page_failure'
import { Starting } from './ui/starting'

// One line a page; each is loaded when it is opened first.
const page = (path: string, load: () => Promise<{ default: ComponentType }>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).default }),
})

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/dashboard" replace /> },
  page('dashboard', () => import('./pages/dashboard/dashboard_page')),
  page('subscribers', () => import('./pages/subscribers/subscribers_page')),
  page('subscribers/:subscriber/:tab?', () => import('./pages/subscribers/subscriber_page')),
  page('sub-services', () => import('./pages/sub_services/sub_services_page')),
  page('sell', () => import('./pages/sell/sell_page')),
  page('buildings', () => import('./pages/buildings/buildings_page')),
  page('buildings/:subscriber', () => import('./pages/buildings/building_page')),
  page('documents', () => import('./pages/documents/documents_page')),
  page('documents/:document', () => import('./pages/documents/document_page')),
  page('payments', () => import('./pages/payments/payments_page')),
  ...['payouts', 'cheques', 'checkouts', 'automatic', 'pro-formas', 'advance'].map((tab) => page(`payments/${tab}`, () => import('./pages/payments/payments_page'))),
  page('payments/:payment', () => import('./pages/payments/payment_page')),
  page('cash-desk', () => import('./pages/cash_desk/cash_desk_page')),
  page('cash-desk/:shift', () => import('./pages/cash_desk/shift_page')),
  page('cash-receipts/:receipt', () => import('./pages/cash_desk/receipt_page')),
  page('bank-statements/:tab?', () => import('./pages/bank_statements/bank_statements_page')),
  page('collection/:tab?', () => import('./pages/collection/collection_page')),
  page('collection/runs/:run', () => import('./pages/collection/run_page')),
  page('bill-runs', () => import('./pages/bill_runs/bill_runs_page')),
  page('bill-runs/parked', () => import('./pages/bill_runs/bill_runs_page')),
  page('bill-runs/:run/:tab?', () => import('./pages/bill_runs/bill_run_page')),
  page('catalogue/:tab?', () => import('./pages/catalogue/catalogue_page')),
  page('policies', () => import('./pages/policies/policies_page')),
  page('payment-methods', () => import('./pages/payment_methods/payment_methods_page')),
  page('payment-methods/:method', () => import('./pages/payment_methods/payment_method_page')),
  page('users/:tab?', () => import('./pages/users/users_page')),
  page('api-keys', () => import('./pages/api_keys/api_keys_page')),
  page('audit-log', () => import('./pages/audit_log/audit_log_page')),
  page('import', () => import('./pages/import/import_page')),
  page('settings/:tab?', () => import('./pages/settings/settings_page')),
  page('account', () => import('./pages/account/account_page')),
  { path: '*', element: <NotFound /> },
]

export const router = createBrowserRouter(
  [
    page('/sign-in', () => import('./pages/sign_in/sign_in_page')),
    page('/reset', () => import('./pages/sign_in/reset_page')),
    {
      path: '/',
      element: <Frame />,
      errorElement: <PageFailure />,
      children: [{ errorElement: <PageFailure />, children: pages }],
      hydrateFallbackElement: <Starting />,
    },
  ].map((route) => ({ hydrateFallbackElement: <Starting />, ...route })),
  { basename: '/console' },
)
