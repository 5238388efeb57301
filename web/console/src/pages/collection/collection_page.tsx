import { Button } from '@mantine/core'
import { useState } from 'react'
import { TabbedPage } from '../../parts/tabbed_page'
import { useMay } from '../../session/session'
import { Play } from '../../ui/icons'
import { DebtorsTab } from './debtors_tab'
import { useCollectionText } from './messages'
import { RunDialog } from './run_dialog'
import { RunsTab } from './runs_tab'
import { StepsTab } from './steps_tab'

export default function CollectionPage() {
  const t = useCollectionText()
  const isClerk = useMay('clerk')
  const [isRunning, setRunning] = useState(false)
  return (
    <>
      <TabbedPage
        title={t('title')}
        base="/collection"
        tabs={[
          { id: '', label: t('tab_steps'), Content: StepsTab },
          { id: 'debtors', label: t('tab_debtors'), Content: DebtorsTab },
          { id: 'runs', label: t('tab_runs'), Content: RunsTab },
        ]}
        actions={
          isClerk && (
            <Button leftSection={<Play size={16} />} onClick={() => setRunning(true)}>
              {t('run')}
            </Button>
          )
        }
      />
      {isRunning && <RunDialog onClose={() => setRunning(false)} />}
    </>
  )
}
