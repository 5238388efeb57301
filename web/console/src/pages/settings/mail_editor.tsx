import { Button, Checkbox, Group, MultiSelect, NumberInput, Paper, PasswordInput, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog, useForget } from '../../parts/command_dialog'
import { useMay } from '../../session/session'
import { Conflict } from '../../ui/conflict'
import { useEditing } from '../../ui/editing'
import { Send } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { kindWords, useKindText } from './kind_messages'
import { useSettingsPageText } from './messages'

interface Props {
  saved: Schema<'MailSettings'> | null
  etag: string
  kinds: string[]
  reload: () => Promise<unknown>
}

const securities = ['starttls', 'tls', 'none'] as const
const first = { host: '', port: 587, security: 'starttls' as Schema<'MailSecurity'>, username: '', from_name: '', from_address: '', reply_to: '', language: 'en', enabled: true, kinds: [] as string[] }

export function MailEditor({ saved, etag, kinds, reload }: Props) {
  const t = useSettingsPageText()
  const words = useKindText()
  const isOwner = useMay('owner')
  const forget = useForget()
  const [isTesting, setTesting] = useState(false)
  const { has_password, ...kept } = saved ?? { ...first, has_password: false }
  const form = useForm({
    initialValues: { ...kept, password: '' },
    validate: { host: (host) => (host.trim() ? null : t('host_missing')), from_address: (from) => (from.trim() ? null : t('from_missing')) },
  })
  type Values = typeof form.values
  const { submit, isSaving, problem, inConflict, keepMine, takeTheirs } = useEditing<Values>({
    etag,
    reload,
    onSaved: () => {
      toast(t('mail_saved'))
      void forget()
    },
    // A password that was not typed again is the one that is kept.
    save: ({ password, ...rest }, tag) =>
      answered(api.PUT('/api/v1/mail-settings', { params: { ...(tag ? { header: { 'If-Match': tag } } : {}) }, body: { ...rest, ...(password ? { password } : {}) } })),
  })
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="md" maw={860}>
        {!saved && (
          <div>
            <Title order={2}>{t('mail_none')}</Title>
            <Text size="sm" c="dimmed">
              {t('mail_none_hint')}
            </Text>
          </div>
        )}
        <Paper p="md">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t('host')} required {...form.getInputProps('host')} />
            <SimpleGrid cols={2} spacing="sm">
              <NumberInput label={t('port')} min={1} max={65535} allowDecimal={false} required {...form.getInputProps('port')} />
              <Select label={t('security')} allowDeselect={false} data={securities.map((value) => ({ value, label: t(value) }))} {...form.getInputProps('security')} />
            </SimpleGrid>
            <TextInput label={t('username')} autoComplete="off" {...form.getInputProps('username')} />
            <PasswordInput label={t('password')} placeholder={has_password ? '••••••••' : ''} description={has_password ? t('password_kept') : undefined} autoComplete="new-password" {...form.getInputProps('password')} />
            <TextInput label={t('from_name')} {...form.getInputProps('from_name')} />
            <TextInput label={t('from_address')} type="email" required {...form.getInputProps('from_address')} />
            <TextInput label={t('reply_to')} type="email" {...form.getInputProps('reply_to')} />
            <TextInput label={t('language')} {...form.getInputProps('language')} />
          </SimpleGrid>
          <MultiSelect mt="sm" label={t('kinds')} data={kinds.map((kind) => ({ value: kind, label: kindWords(kind, words) }))} {...form.getInputProps('kinds')} />
          <Checkbox mt="sm" label={t('send_mail')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
        </Paper>
        {inConflict && <Conflict keepMine={keepMine} takeTheirs={() => void takeTheirs()} />}
        {problem && <ProblemAlert problem={problem} />}
        {isOwner ? (
          <Group>
            <Button type="submit" loading={isSaving}>
              {t('save')}
            </Button>
            {saved && (
              <Button variant="default" leftSection={<Send size={16} />} onClick={() => setTesting(true)}>
                {t('test_mail')}
              </Button>
            )}
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t('only_owner')}
          </Text>
        )}
      </Stack>
      {isTesting && <TestDialog onClose={() => setTesting(false)} />}
    </form>
  )
}

function TestDialog({ onClose }: { onClose: () => void }) {
  const t = useSettingsPageText()
  return (
    <CommandDialog
      done={t('test_sent')}
      onClose={onClose}
      action={{
        title: t('test_mail'),
        confirm: t('test_mail'),
        initial: { to: '' },
        validate: ({ to }) => (to.includes('@') ? {} : { to: t('from_missing') }),
        fields: (form) => <TextInput label={t('test_to')} type="email" required data-autofocus {...form.getInputProps('to')} />,
        send: ({ to }) => answered(api.POST('/api/v1/mail-settings/test', { body: { to: to.trim() } })),
      }}
    />
  )
}
