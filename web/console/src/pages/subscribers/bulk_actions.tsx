import { Alert, Button, Group, Loader } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import { ApiProblem } from '../../api/problem'
import type { Schema } from '../../api/types'
import { useToday } from '../../session/operator'
import { type Action, PreviewedAction } from '../../ui/action/previewed_action'
import { Pause, Play, Tags } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { useSubscriberText } from './messages'
import { readSubServices, type SubService, type Subscriber } from './queries'

type Command = Schema<'Command'>
type Results = Schema<'CommandResults'>
type Bulk = 'suspend' | 'resume' | 'move_to_current_price'

const most_commands = 1000
const labels = { suspend: 'suspend', resume: 'resume', move_to_current_price: 'move_price' } as const
const suits: Record<Bulk, (s: SubService) => boolean> = {
  suspend: (s) => s.status === 'active' || s.status === 'data_exhausted',
  resume: (s) => s.status === 'suspended',
  move_to_current_price: (s) => s.status !== 'cancelled',
}

// The same command for all fitting sub-services of the chosen subscribers, in one request.
export function BulkActions({ chosen, onDone }: { chosen: Subscriber[]; onDone: () => void }) {
  const t = useSubscriberText()
  const [bulk, setBulk] = useState<Bulk | null>(null)
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" leftSection={<Pause size={14} />} onClick={() => setBulk('suspend')}>
        {t('suspend')}
      </Button>
      <Button size="xs" variant="default" leftSection={<Play size={14} />} onClick={() => setBulk('resume')}>
        {t('resume')}
      </Button>
      <Button size="xs" variant="default" leftSection={<Tags size={14} />} onClick={() => setBulk('move_to_current_price')}>
        {t('move_price')}
      </Button>
      {bulk && <BulkDialog bulk={bulk} chosen={chosen} onClose={() => setBulk(null)} onDone={onDone} />}
    </Group>
  )
}

interface DialogProps {
  bulk: Bulk
  chosen: Subscriber[]
  onClose: () => void
  onDone: () => void
}

function BulkDialog({ bulk, chosen, onClose, onDone }: DialogProps) {
  const t = useSubscriberText()
  const today = useToday()
  const queries = useQueryClient()
  const codes = chosen.map(({ code }) => code)
  const found = useQuery({
    queryKey: ['subscribers', 'sub_services', codes],
    queryFn: async () => (await Promise.all(codes.map(readSubServices))).flatMap((page) => page.items),
  })
  if (found.error) return <ProblemAlert problem={found.error} />
  if (!found.data) return <Loader size="xs" />
  const names = found.data
    .filter(suits[bulk])
    .slice(0, most_commands)
    .map(({ subscriber, code }) => `${subscriber}/${code}`)
  const commands = names.map((sub_service): Command => ({ command: bulk, sub_service }))
  if (commands.length === 0) return <Alert p="xs">{t('bulk_about', { count: chosen.length, services: 0 })}</Alert>
  const run = async (preview: boolean) =>
    answered(api.POST('/api/v1/commands', { params: { query: { preview, ...(preview ? { list_refused: true } : {}) } }, body: { commands, all_or_nothing: false } }))
  const action: Action<Record<string, never>> = {
    title: t(labels[bulk]),
    about: t('bulk_about', { count: chosen.length, services: commands.length }),
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
    void queries.invalidateQueries({ queryKey: ['subscribers'] })
    onClose()
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
