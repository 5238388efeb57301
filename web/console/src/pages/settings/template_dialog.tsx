import { Button, Code, Group, Modal, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useForget } from '../../parts/command_dialog'
import { SubscriberField } from '../../parts/subscriber_field'
import { useMay } from '../../session/session'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { kindWords, useKindText } from './kind_messages'
import { useSettingsPageText } from './messages'

type Template = Schema<'MessageTemplate'>

// The wording of one message, and what a subscriber would read.
export function TemplateDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const t = useSettingsPageText()
  const words = useKindText()
  const isOwner = useMay('owner')
  const forget = useForget()
  const [subject, setSubject] = useState(template.subject)
  const [body, setBody] = useState(template.body)
  const params = { path: { message_kind: template.kind, language: template.language } }
  const finish = (message: string) => () => {
    toast(message)
    void forget()
    onClose()
  }
  const saving = useMutation({
    mutationFn: () => answered(api.PUT('/api/v1/message-templates/{message_kind}/{language}', { params, body: { subject, body } })),
    onSuccess: finish(t('template_saved')),
  })
  const removing = useMutation({
    mutationFn: () => answered(api.DELETE('/api/v1/message-templates/{message_kind}/{language}', { params })),
    onSuccess: finish(t('back_done')),
  })
  return (
    <Modal opened onClose={onClose} size="xl" title={<Title order={2}>{`${kindWords(template.kind, words)} · ${template.language}`}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <TextInput label={t('subject')} readOnly={!isOwner} value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
        <Textarea label={t('text')} readOnly={!isOwner} autosize minRows={6} maxRows={16} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
        <Placeholders kind={template.kind} />
        <PreviewPart template={template} subject={subject} body={body} />
        {(saving.error || removing.error) && <ProblemAlert problem={saving.error ?? removing.error} />}
        {isOwner && (
          <Group justify="flex-end">
            {template.own && (
              <Button variant="default" loading={removing.isPending} onClick={() => removing.mutate()}>
                {t('back_to_built_in')}
              </Button>
            )}
            <Button loading={saving.isPending} onClick={() => saving.mutate()}>
              {t('save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function Placeholders({ kind }: { kind: string }) {
  const t = useSettingsPageText()
  const { data } = useQuery({ queryKey: ['message-kinds'], queryFn: () => answered(api.GET('/api/v1/message-kinds', { params: { query: { limit: 500 } } })) })
  const placeholders = data?.items.find((one) => one.kind === kind)?.placeholders ?? []
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        {t('placeholders')}
      </Text>
      {placeholders.map((name) => (
        <Code key={name}>{`{{${name}}}`}</Code>
      ))}
    </Group>
  )
}

function PreviewPart({ template, subject, body }: { template: Template; subject: string; body: string }) {
  const t = useSettingsPageText()
  const [subscriber, setSubscriber] = useState('')
  const previewing = useMutation({
    mutationFn: () =>
      answered(
        api.POST('/api/v1/message-templates/{message_kind}/{language}/preview', {
          params: { path: { message_kind: template.kind, language: template.language } },
          body: { subscriber: subscriber.trim(), subject, body },
        }),
      ),
  })
  return (
    <>
      <Group align="flex-end" gap="sm">
        <SubscriberField flex={1} label={t('preview_for')} value={subscriber} onChange={setSubscriber} />
        <Button variant="default" disabled={!subscriber.trim()} loading={previewing.isPending} onClick={() => previewing.mutate()}>
          {t('preview')}
        </Button>
      </Group>
      {previewing.error && <ProblemAlert problem={previewing.error} />}
      {previewing.data && (
        <Paper p="md" aria-live="polite">
          <Text fw={600} size="sm">
            {previewing.data.subject}
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {previewing.data.body}
          </Text>
        </Paper>
      )}
    </>
  )
}
