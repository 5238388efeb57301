import type { ComponentType } from 'react'
import type { Role } from './session/requests'
import {
  AlarmClock, Banknote, Building2, CreditCard, FileText, Gauge, Import, KeyRound, Landmark, Network, Package, RefreshCw, ScrollText, Settings,
  ShieldCheck, ShoppingCart, Users, User, Wallet,
} from './ui/icons'
import type { ShellKey } from './shell/messages'

export interface NavigationItem {
  to: string
  label: ShellKey
  icon: ComponentType<{ size?: number }>
  needs?: Role
}

export interface NavigationGroup {
  label: ShellKey
  items: NavigationItem[]
}

// What the navigation and the command palette offer, in this order.
export const navigation: NavigationGroup[] = [
  {
    label: 'group_customers',
    items: [
      { to: '/dashboard', label: 'dashboard', icon: Gauge },
      { to: '/subscribers', label: 'subscribers', icon: Users },
      { to: '/sell', label: 'sell', icon: ShoppingCart, needs: 'clerk' },
      { to: '/sub-services', label: 'sub_services', icon: Network },
      { to: '/buildings', label: 'buildings', icon: Building2 },
    ],
  },
  {
    label: 'group_money',
    items: [
      { to: '/documents', label: 'documents', icon: FileText },
      { to: '/payments', label: 'payments', icon: Banknote },
      { to: '/cash-desk', label: 'cash_desk', icon: Wallet },
      { to: '/bank-statements', label: 'bank_statements', icon: Landmark },
      { to: '/collection', label: 'collection', icon: AlarmClock },
    ],
  },
  {
    label: 'group_billing',
    items: [
      { to: '/bill-runs', label: 'bill_runs', icon: RefreshCw },
      { to: '/catalogue', label: 'catalogue', icon: Package },
      { to: '/policies', label: 'policies', icon: ShieldCheck },
    ],
  },
  {
    label: 'group_setup',
    items: [
      { to: '/payment-methods', label: 'payment_methods', icon: CreditCard },
      { to: '/users', label: 'users', icon: User, needs: 'owner' },
      { to: '/api-keys', label: 'api_keys', icon: KeyRound, needs: 'owner' },
      { to: '/audit-log', label: 'audit_log', icon: ScrollText, needs: 'owner' },
      { to: '/import', label: 'import', icon: Import, needs: 'owner' },
      { to: '/settings', label: 'settings', icon: Settings },
    ],
  },
]

// GIVES: whose page it is that stands at a path of the console.
export const roleNeededAt = (path: string): Role =>
  navigation.flatMap(({ items }) => items).find(({ to }) => path === to || path.startsWith(`${to}/`))?.needs ?? 'viewer'
