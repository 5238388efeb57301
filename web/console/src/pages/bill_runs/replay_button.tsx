import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import { problemOf } from '../../api/problem'
import { useForget } from '../../parts/command_dialog'
import { toast } from '../../ui/toast'
import { useBillRunText } from './messages'

export function ReplayButton({ subscriber }: { subscriber: string }) {
  const t = useBillRunText()
  const forget = useForget()
  const stays = (reason: string) => notifications.show({ message: t('replay_still', { subscriber, reason }), color: 'orange', autoClose: false })
  const replaying = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/parked-accounts/{subscriber}/replay', { params: { path: { subscriber } } })),
    onSuccess: ({ billed, reason }) => {
      if (billed) toast(t('replay_done', { subscriber }))
      else stays(reason ?? '')
      void forget()
    },
    onError: (failure) => stays(problemOf(failure).detail),
  })
  return (
    <Button size="compact-sm" variant="light" loading={replaying.isPending} onClick={() => replaying.mutate()}>
      {t('replay')}
    </Button>
  )
}
