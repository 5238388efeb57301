import type { Schema } from '../api/types'

type Step = Schema<'ExplanationStep'>

export const stepOf = (steps: Step[], label: string): Step | undefined => steps.find((step) => step.label === label)

export interface Span {
  from: string
  to: string
}

// "2026-01-01 to 2026-02-01", as an explanation writes a half-open period.
export function spanIn(text: string | undefined): Span | null {
  const match = /^(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})$/.exec(text ?? '')
  return match?.[1] && match[2] ? { from: match[1], to: match[2] } : null
}
