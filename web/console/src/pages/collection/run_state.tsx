import type { Schema } from '../../api/types'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { useCollectionText } from './messages'

const tones: Record<Schema<'JobState'>, Tone> = { queued: 'wait', running: 'busy', finished: 'good', cancelled: 'quiet', failed: 'bad' }

export function RunState({ state }: { state: Schema<'JobState'> }) {
  const t = useCollectionText()
  return <StateBadge tone={tones[state]}>{t(`state_${state}`)}</StateBadge>
}
