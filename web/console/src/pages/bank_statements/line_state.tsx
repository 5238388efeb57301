import { Text } from '@mantine/core'
import type { Schema } from '../../api/types'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { useBankText } from './messages'

export type Line = Schema<'BankLine'>

const tones: Record<Line['state'], Tone> = { unmatched: 'wait', matched: 'good', set_aside: 'quiet' }

export function LineState({ line }: { line: Line }) {
  const t = useBankText()
  const why = line.matched_by ? t(`by_${line.matched_by}`) : line.why_unmatched ? t(line.why_unmatched) : line.reason
  return (
    <>
      <StateBadge tone={tones[line.state]}>{t(`state_${line.state}`)}</StateBadge>
      {why && (
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      )}
    </>
  )
}
