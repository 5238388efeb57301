import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { Empty } from '../ui/empty'
import { MapPin } from '../ui/icons'
import { useShellText } from './messages'

export function NotFound() {
  const t = useShellText()
  return (
    <Empty icon={MapPin} title={t('not_found')} hint={t('not_found_hint')}>
      <Button component={Link} to="/subscribers" mt="sm">
        {t('go_home')}
      </Button>
    </Empty>
  )
}
