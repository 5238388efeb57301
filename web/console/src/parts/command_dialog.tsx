import { useQueryClient } from '@tanstack/react-query'
import { useToday } from '../session/operator'
import { type Action, PreviewedAction } from '../ui/action/previewed_action'
import { toast } from '../ui/toast'

interface Props<V extends Record<string, unknown>> {
  action: Action<V>
  done: string
  onClose: () => void
}

// A dialog for a command that may concern more than one list: what is on the screen is asked again afterwards.
export function CommandDialog<V extends Record<string, unknown>>({ action, done, onClose }: Props<V>) {
  const forget = useForget()
  const today = useToday()
  const finish = () => {
    void forget()
    toast(done)
    onClose()
  }
  return <PreviewedAction action={action} today={today} onClose={onClose} onDone={finish} />
}

// GIVES: what makes everything but the session be asked again.
export function useForget(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'preview' })
}
