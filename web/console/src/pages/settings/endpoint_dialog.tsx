import { Checkbox, TagsInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answered, answeredWithTag } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import type { Endpoint } from './endpoint_commands'
import { useSettingsPageText } from './messages'

interface Props {
  endpoint?: Endpoint
  onSecret: (secret: string) => void
  onClose: () => void
}

// The events that are told to somebody most often. Others may be typed: the server knows them all.
const offered: Schema<'EventType'>[] = [
  'document.issued', 'document.paid', 'document.reopened', 'document.reminded', 'payment.recorded', 'payment.refunded', 'payment.charged_back', 'sub_service.activated',
  'sub_service.suspended', 'sub_service.resumed', 'sub_service.cancelled', 'bill_run.finished', 'account.parked',
]

export function EndpointDialog({ endpoint, onSecret, onClose }: Props) {
  const t = useSettingsPageText()
  const read = useQuery({
    queryKey: ['webhook-endpoint', endpoint?.id],
    queryFn: () => answeredWithTag(api.GET('/api/v1/webhook-endpoints/{webhook_endpoint}', { params: { path: { webhook_endpoint: endpoint?.id ?? '' } } })),
    enabled: endpoint !== undefined,
  })
  const send = async (body: Schema<'WebhookEndpointNew'>) => {
    if (endpoint)
      return answered(
        api.PATCH('/api/v1/webhook-endpoints/{webhook_endpoint}', {
          params: { path: { webhook_endpoint: endpoint.id }, ...(read.data ? { header: { 'If-Match': read.data.etag } } : {}) },
          body,
        }),
      )
    const made = await answered(api.POST('/api/v1/webhook-endpoints', { body }))
    if (made.secret) onSecret(made.secret)
    return made
  }
  return (
    <CommandDialog
      done={t(endpoint ? 'saved' : 'created')}
      onClose={onClose}
      action={{
        title: t(endpoint ? 'edit' : 'new_endpoint'),
        about: t('no_endpoints_hint'),
        confirm: t(endpoint ? 'save' : 'create'),
        initial: { url: endpoint?.url ?? '', description: endpoint?.description ?? '', event_types: (endpoint?.event_types ?? []) as string[], enabled: endpoint?.enabled ?? true },
        validate: ({ url }) => (url.trim() ? {} : { url: t('url_missing') }),
        fields: (form) => (
          <>
            <TextInput label={t('url')} type="url" placeholder="https://" required data-autofocus {...form.getInputProps('url')} />
            <TextInput label={t('description')} {...form.getInputProps('description')} />
            <TagsInput label={t('events')} description={t('events_hint')} data={offered} {...form.getInputProps('event_types')} />
            <Checkbox label={t('in_use')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
          </>
        ),
        send: ({ url, event_types, ...rest }) => send({ ...rest, url: url.trim(), event_types: event_types as Schema<'WebhookEventTypes'> }),
      }}
    />
  )
}
