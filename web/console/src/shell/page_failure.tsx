import { Button } from '@mantine/core'
import { Empty } from '../ui/empty'
import { TriangleAlert } from '../ui/icons'
import { useShellText } from './messages'

// A page that broke, or whose program is no longer there because the server was updated.
export function PageFailure() {
  const t = useShellText()
  return (
    <Empty icon={TriangleAlert} title={t('failed')} hint={t('failed_hint')}>
      <Button mt="sm" onClick={() => window.location.reload()}>
        {t('reload')}
      </Button>
    </Empty>
  )
}
