import { Run } from '../account/run'
import { useSubscriberText } from '../messages'
import { useSubServiceAction } from './actions'
import { type ChosenAction, labels } from './kinds'

export function ActionDialog({ chosen, onClose }: { chosen: ChosenAction; onClose: () => void }) {
  const t = useSubscriberText()
  const action = useSubServiceAction(chosen)
  return <Run subscriber={chosen.subService.subscriber} onClose={onClose} action={action} done={`${t(labels[chosen.kind])}: ${t('done')}`} />
}
