import { Button, Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../../session/session'
import { useToday } from '../../../session/operator'
import { type Action, PreviewedAction } from '../../../ui/action/previewed_action'
import { Banknote, ChevronDown, HandCoins, Pause, CalendarClock, ShoppingCart } from '../../../ui/icons'
import { toast } from '../../../ui/toast'
import { useSubscriberText } from '../messages'
import { forgetSubscriber, type Subscriber } from '../queries'
import { useHoldAction, usePaymentAction, usePlanAction, usePromiseAction } from './actions'

type Chosen = 'payment' | 'promise' | 'hold' | 'plan'

// What a clerk does to an account; a viewer is not offered what would be refused.
export function AccountActions({ subscriber }: { subscriber: Subscriber }) {
  const t = useSubscriberText()
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

interface RunProps<V extends Record<string, unknown>> extends OneProps {
  action: Action<V>
  done: string
}

// A dialog for a command of one subscriber, after which everything about them is asked again.
export function Run<V extends Record<string, unknown>>({ subscriber, onClose, action, done }: RunProps<V>) {
  const queries = useQueryClient()
  const today = useToday()
  const finish = () => {
    void forgetSubscriber(queries, subscriber)
    toast(done)
    onClose()
  }
  return <PreviewedAction action={action} today={today} onClose={onClose} onDone={finish} />
}
