import { Badge } from '@mantine/core'

export type Tone = 'good' | 'busy' | 'wait' | 'bad' | 'quiet'

const colours: Record<Tone, string> = { good: 'teal', busy: 'blue', wait: 'yellow', bad: 'red', quiet: 'gray' }

// The state of a thing in a word; the colour only repeats it.
export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge variant="light" color={colours[tone]} size="sm" tt="none">
      {children}
    </Badge>
  )
}
