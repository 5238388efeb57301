import type { Schema } from '../api/types'

type Step = Schema<'ExplanationStep'>
type StepKey = Extract<Schema<'PhraseKey'>, `step_${string}`>

export const stepOf = (steps: Step[], key: StepKey): Step | undefined => steps.find(({ phrases }) => phrases.label.key === key)

// Half-open: `to` is the day after the last.
export interface Span {
  from: string
  to: string
}

// The period that is a step's value. GIVES: null where the value is something else.
export function spanIn(step: Step | undefined): Span | null {
  const { from, to } = step?.phrases.value.facts ?? {}
  return from && to ? { from, to } : null
}
