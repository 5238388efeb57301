import { Button, Group, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Pause, Play, Tags } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { type Bulk, BulkCommands } from './bulk_commands'
import { useSubscriberText } from './messages'
import { readSubServices, type Subscriber } from './queries'

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
  const codes = chosen.map(({ code }) => code)
  const found = useQuery({
    queryKey: ['subscribers', 'sub_services', codes],
    queryFn: async () => (await Promise.all(codes.map(readSubServices))).flatMap((page) => page.items),
  })
  if (found.error) return <ProblemAlert problem={found.error} />
  if (!found.data) return <Loader size="xs" />
  const finish = () => {
    onClose()
    onDone()
  }
  return <BulkCommands bulk={bulk} subServices={found.data} subscribers={chosen.length} onClose={onClose} onDone={finish} />
}
