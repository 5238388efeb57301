import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { DateField } from '../../ui/fields'
import { useSettingsPageText } from './messages'

export type Endpoint = Schema<'WebhookEndpoint'>
export type EndpointCommandName = 'test' | 'replay' | 'rotate' | 'remove'

interface Props {
  what: EndpointCommandName
  endpoint: Endpoint
  onSecret: (secret: string) => void
  onClose: () => void
}

export function EndpointCommand({ what, endpoint, onSecret, onClose }: Props) {
  const t = useSettingsPageText()
  const today = useToday()
  const params = { path: { webhook_endpoint: endpoint.id } }
  if (what === 'replay')
    return (
      <CommandDialog
        done={t('replayed')}
        onClose={onClose}
        action={{
          title: t('replay'),
          about: t('replay_about'),
          confirm: t('replay'),
          initial: { from: today },
          fields: (form) => <DateField label={t('replay_from')} max={today} required data-autofocus {...form.getInputProps('from')} />,
          send: ({ from }) => answered(api.POST('/api/v1/webhook-endpoints/{webhook_endpoint}/replay', { params, body: { from } })),
        }}
      />
    )
  if (what === 'rotate')
    return (
      <CommandDialog
        done={t('rotated')}
        onClose={onClose}
        action={{
          title: t('rotate'),
          about: t('rotate_about'),
          confirm: t('rotate'),
          initial: {},
          send: async () => {
            const { secret } = await answered(api.POST('/api/v1/webhook-endpoints/{webhook_endpoint}/rotate-secret', { params }))
            if (secret) onSecret(secret)
          },
        }}
      />
    )
  const remove = () => answered(api.DELETE('/api/v1/webhook-endpoints/{webhook_endpoint}', { params }))
  const test = () => answered(api.POST('/api/v1/webhook-endpoints/{webhook_endpoint}/test', { params }))
  return (
    <CommandDialog
      done={t(what === 'remove' ? 'removed' : 'tested')}
      onClose={onClose}
      action={{
        title: t(what),
        about: what === 'remove' ? t('remove_about') : endpoint.url,
        confirm: t(what),
        isGrave: what === 'remove',
        initial: {},
        send: async () => {
          await (what === 'remove' ? remove() : test())
        },
      }}
    />
  )
}
