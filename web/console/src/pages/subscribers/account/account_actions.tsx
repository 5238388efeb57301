import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../../session/session'
import { Banknote, ChevronDown, HandCoins, Pause, CalendarClock, ShoppingCart, Wallet as WalletIcon } from '../../../ui/icons'
import { useSubscriberText } from '../messages'
import type { Subscriber } from '../queries'
import { Run } from './run'
import { useWalletText } from './wallet_messages'
import { SetAside } from './wallets'
import { useHoldAction, usePaymentAction, usePlanAction, usePromiseAction } from './actions'

type Chosen = 'payment' | 'promise' | 'hold' | 'plan' | 'set_aside'

// What a clerk does to an account; a viewer is not offered what would be refused.
export function AccountActions({ subscriber }: { subscriber: Subscriber }) {
  const t = useSubscriberText()
  const w = useWalletText()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const isClerk = useMay('clerk')
  if (!isClerk) return null
  return (
    <>
      <Button component={Link} to={`/sell?subscriber=${encodeURIComponent(subscriber.code)}`} variant="default" leftSection={<ShoppingCart size={16} />}>
        {t('sell')}
      </Button>
      <Button leftSection={<Banknote size={16} />} onClick={() => setChosen('payment')}>
        {t('record_payment')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={14} />}>
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<HandCoins size={16} />} onClick={() => setChosen('promise')}>
            {t('promise')}
          </Menu.Item>
          <Menu.Item leftSection={<CalendarClock size={16} />} onClick={() => setChosen('plan')}>
            {t('plan')}
          </Menu.Item>
          <Menu.Item leftSection={<Pause size={16} />} onClick={() => setChosen('hold')}>
            {t('hold')}
          </Menu.Item>
          <Menu.Item leftSection={<WalletIcon size={16} />} onClick={() => setChosen('set_aside')}>
            {w('set_aside')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {chosen && <Dialog key={chosen} chosen={chosen} subscriber={subscriber.code} onClose={() => setChosen(null)} />}
    </>
  )
}

interface DialogProps {
  chosen: Chosen
  subscriber: string
  onClose: () => void
}

function Dialog({ chosen, ...props }: DialogProps) {
  if (chosen === 'payment') return <Payment {...props} />
  if (chosen === 'promise') return <Promised {...props} />
  if (chosen === 'set_aside') return <SetAside {...props} />
  return chosen === 'hold' ? <Hold {...props} /> : <Plan {...props} />
}

type OneProps = Omit<DialogProps, 'chosen'>

function Payment({ subscriber, onClose }: OneProps) {
  const t = useSubscriberText()
  return <Run subscriber={subscriber} onClose={onClose} action={usePaymentAction(subscriber)} done={t('payment_done')} />
}

function Promised({ subscriber, onClose }: OneProps) {
  const t = useSubscriberText()
  return <Run subscriber={subscriber} onClose={onClose} action={usePromiseAction(subscriber)} done={t('promise_done')} />
}

function Hold({ subscriber, onClose }: OneProps) {
  const t = useSubscriberText()
  return <Run subscriber={subscriber} onClose={onClose} action={useHoldAction(subscriber)} done={t('hold_done')} />
}

function Plan({ subscriber, onClose }: OneProps) {
  const t = useSubscriberText()
  return <Run subscriber={subscriber} onClose={onClose} action={usePlanAction(subscriber)} done={t('plan_done')} />
}
