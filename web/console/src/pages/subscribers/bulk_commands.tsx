import { Alert } from '@mantine/core'
import { api, answered } from '../../api/client'
import { ApiProblem } from '../../api/problem'
import type { Schema } from '../../api/types'
import { useForget } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { type Action, PreviewedAction } from '../../ui/action/previewed_action'
import { toast } from '../../ui/toast'
import { useSubscriberText } from './messages'
import type { SubService } from './queries'

type Command = Schema<'Command'>
type Results = Schema<'CommandResults'>
export type Bulk = 'suspend' | 'resume' | 'move_to_current_price'

const most_commands = 1000
const labels = { suspend: 'suspend', resume: 'resume', move_to_current_price: 'move_price' } as const
const suits: Record<Bulk, (s: SubService) => boolean> = {
  suspend: (s) => s.status === 'active' || s.status === 'data_exhausted',
  resume: (s) => s.status === 'suspended',
  move_to_current_price: (s) => s.status !== 'cancelled',
}

interface Props {
  bulk: Bulk
  subServices: SubService[]
  // How many they are of.
  subscribers: number
  onClose: () => void
  onDone: () => void
}

// The same command for all of these sub-services that it suits, in one request, with a preview of what it charges.
export function BulkCommands({ bulk, subServices, subscribers, onClose, onDone }: Props) {
  const t = useSubscriberText()
  const today = useToday()
  const forget = useForget()
  const names = subServices
    .filter(suits[bulk])
    .slice(0, most_commands)
    .map(({ subscriber, code }) => `${subscriber}/${code}`)
  const commands = names.map((sub_service): Command => ({ command: bulk, sub_service }))
  if (commands.length === 0) return <Alert p="xs">{t('bulk_about', { count: subscribers, services: 0 })}</Alert>
  const run = async (preview: boolean) =>
    answered(api.POST('/api/v1/commands', { params: { query: { preview, ...(preview ? { list_refused: true } : {}) } }, body: { commands, all_or_nothing: false } }))
  const action: Action<Record<string, never>> = {
    title: t(labels[bulk]),
    about: t('bulk_about', { count: subscribers, services: commands.length }),
    confirm: t(labels[bulk]),
    initial: {},
    nameOf: (index) => names[index] ?? String(index + 1),
    preview: async () => asPreview(await run(true)),
    send: async () => {
      const results = await run(false)
      if (results.object === 'command_results' && results.refused > 0) throw refusedProblem(results, t('bulk_refused', { done: results.done, refused: results.refused }))
      toast(t('bulk_done', { count: commands.length }))
    },
  }
  const finish = () => {
    void forget()
    onDone()
  }
  return <PreviewedAction action={action} today={today} onClose={onClose} onDone={finish} />
}

function asPreview(answer: Results | Schema<'Preview'>): Schema<'Preview'> {
  if (answer.object === 'preview') return answer
  throw new Error('a preview was asked for, and something else answered')
}

// What was refused is told with its reasons; the rest is done.
function refusedProblem(results: Results, detail: string): ApiProblem {
  const refused = results.results.filter(({ status }) => status === 'refused').slice(0, 20)
  return new ApiProblem({
    status: 409,
    code: 'refused',
    detail,
    errors: refused.map(({ index, message }) => ({ where: 'body', field: `${index + 1}`, message })),
  })
}
