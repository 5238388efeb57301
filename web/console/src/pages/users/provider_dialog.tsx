import { PasswordInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { CommandDialog } from '../../parts/command_dialog'
import { Copyable } from '../../ui/copyable'
import { addProvider, type Provider } from './requests'
import { useSignOnText } from './sign_on_messages'

interface Props {
  // Null while the server does not know its own address.
  publicUrl: string | null
  onAdded: (provider: Provider) => void
  onClose: () => void
}

const ways: Provider['linked_by'][] = ['email', 'subject']
const wayOf = (value: string) => ways.find((way) => way === value)
const isName = (name: string) => /^[a-z0-9][a-z0-9-]{0,39}$/.test(name)

export function ProviderDialog({ publicUrl, onAdded, onClose }: Props) {
  const t = useSignOnText()
  return (
    <CommandDialog
      done={t('added')}
      onClose={onClose}
      action={{
        title: t('new'),
        confirm: t('add'),
        initial: { label: '', name: '', issuer: '', client_id: '', client_secret: '', linked_by: '' },
        validate: ({ linked_by, ...texts }) => ({
          ...Object.fromEntries(Object.entries(texts).flatMap(([field, text]) => (text.trim() ? [] : [[field, t('missing')]]))),
          ...(wayOf(linked_by) ? {} : { linked_by: t('linked_by_missing') }),
        }),
        fields: (form) => (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t('label')} description={t('label_hint')} required data-autofocus {...form.getInputProps('label')} />
              <TextInput label={t('name')} description={t('name_hint')} required {...form.getInputProps('name')} />
            </SimpleGrid>
            {publicUrl && isName(form.values.name) && (
              <Stack gap={4}>
                <Text size="sm">{t('callback_register')}</Text>
                <Copyable value={`${publicUrl}/api/v1/oidc/${form.values.name}/callback`} />
              </Stack>
            )}
            <TextInput label={t('issuer')} description={t('issuer_hint')} type="url" placeholder="https://" required {...form.getInputProps('issuer')} />
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t('client_id')} required autoComplete="off" {...form.getInputProps('client_id')} />
              <PasswordInput label={t('client_secret')} required autoComplete="off" {...form.getInputProps('client_secret')} />
            </SimpleGrid>
            <Text size="xs" c="dimmed">
              {t('secret_hint')}
            </Text>
            <Select
              label={t('linked_by')}
              description={t('linked_by_hint')}
              required
              data={ways.map((value) => ({ value, label: t(`${value}_long`) }))}
              {...form.getInputProps('linked_by')}
              value={form.values.linked_by || null}
            />
          </>
        ),
        send: async ({ linked_by, ...texts }) => {
          const trimmed = { label: texts.label.trim(), name: texts.name.trim(), issuer: texts.issuer.trim(), client_id: texts.client_id.trim(), client_secret: texts.client_secret.trim() }
          onAdded(await addProvider({ ...trimmed, linked_by: wayOf(linked_by) ?? 'subject' }))
        },
      }}
    />
  )
}
