import { Button } from '@mantine/core'
import { useState } from 'react'
import { TabbedPage } from '../../parts/tabbed_page'
import { useMay } from '../../session/session'
import { ClipboardCheck } from '../../ui/icons'
import { useBillRunText } from './messages'
import { ParkedTab } from './parked_tab'
import { RunsTab } from './runs_tab'
import { StartDialog } from './start_dialog'

export default function BillRunsPage() {
  const t = useBillRunText()
  const isClerk = useMay('clerk')
  const [starting, setStarting] = useState(false)
  return (
    <>
      <TabbedPage
        title={t('title')}
        base="/bill-runs"
        tabs={[
          { id: '', label: t('tab_runs'), Content: RunsTab },
          { id: 'parked', label: t('tab_parked'), Content: ParkedTab },
        ]}
        actions={
          isClerk && (
            <Button leftSection={<ClipboardCheck size={16} />} onClick={() => setStarting(true)}>
              {t('start_dry')}
            </Button>
          )
        }
      />
      {starting && <StartDialog onClose={() => setStarting(false)} />}
    </>
  )
}
