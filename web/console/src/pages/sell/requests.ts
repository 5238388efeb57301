import { api, answered } from '../../api/client'
import { ApiProblem } from '../../api/problem'
import type { Schema } from '../../api/types'
import { commandsOf, type Draft } from './draft'

const run = (commands: Schema<'Command'>[], preview: boolean) =>
  answered(api.POST('/api/v1/commands', { params: { query: { preview } }, body: { commands, all_or_nothing: true } }))

// What is sold now and activated later is previewed as if it were activated at once: else it would charge nothing.
export async function previewSale(draft: Draft): Promise<Schema<'Preview'>> {
  const answer = await run(commandsOf(draft, true), true)
  if ('charges' in answer) return answer
  throw new Error('a preview was asked for, and something else answered')
}

export async function sellAll(draft: Draft): Promise<void> {
  const answer = await run(commandsOf(draft), false)
  const refused = 'results' in answer ? answer.results.find(({ status }) => status === 'refused') : undefined
  if (refused) throw new ApiProblem({ status: 409, code: refused.code ?? 'refused', detail: refused.message })
}
