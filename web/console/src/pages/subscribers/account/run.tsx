import { useQueryClient } from '@tanstack/react-query'
import { useToday } from '../../../session/operator'
import { type Action, PreviewedAction } from '../../../ui/action/previewed_action'
import { toast } from '../../../ui/toast'
import { forgetSubscriber } from '../queries'

interface Props<V extends Record<string, unknown>> {
  subscriber: string
  onClose: () => void
  action: Action<V>
  done: string
}

// A dialog for a command of one subscriber, after which everything about them is asked again.
export function Run<V extends Record<string, unknown>>({ subscriber, onClose, action, done }: Props<V>) {
  const queries = useQueryClient()
  const today = useToday()
  const finish = () => {
    void forgetSubscriber(queries, subscriber)
    toast(done)
    onClose()
  }
  return <PreviewedAction action={action} today={today} onClose={onClose} onDone={finish} />
}
