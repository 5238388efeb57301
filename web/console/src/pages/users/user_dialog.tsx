import { Checkbox, Group, Select, TextInput } from '@mantine/core'
import { CommandDialog } from '../../parts/command_dialog'
import { languages } from '../../i18n/language'
import { useSession } from '../../session/session'
import { GrantFields } from './grant_fields'
import { useUserText } from './messages'
import { type MadeLink, type User, useUserRequests } from './requests'

interface Props {
  user?: User
  onLink: (link: MadeLink) => void
  onClose: () => void
}

const language_options = Object.entries(languages).map(([value, label]) => ({ value, label }))

export function UserDialog({ user, onLink, onClose }: Props) {
  const t = useUserText()
  const { operator } = useSession()
  const { create, change } = useUserRequests()
  const first = user ?? { login: '', name: '', language: 'en', disabled: false, grants: [{ operator: operator?.code ?? null, role: 'clerk' as const }] }
  return (
    <CommandDialog
      done={t(user ? 'saved' : 'created')}
      onClose={onClose}
      action={{
        title: user ? user.name : t('new'),
        about: user ? user.login : t('new_about'),
        confirm: t(user ? 'save' : 'create'),
        initial: { login: first.login, name: first.name, language: first.language, may_sign_in: !first.disabled, grants: first.grants },
        validate: ({ login, name }) => ({
          ...(login.trim() ? {} : { login: t('login_missing') }),
          ...(name.trim() ? {} : { name: t('name_missing') }),
        }),
        fields: (form) => (
          <>
            {!user && <TextInput label={t('login')} type="email" required data-autofocus {...form.getInputProps('login')} />}
            <Group grow align="flex-start">
              <TextInput label={t('name')} required {...form.getInputProps('name')} />
              <Select label={t('language')} allowDeselect={false} data={language_options} {...form.getInputProps('language')} />
            </Group>
            <GrantFields value={form.values.grants} onChange={(grants) => form.setFieldValue('grants', grants)} />
            {user && <Checkbox label={t('may_sign_in')} {...form.getInputProps('may_sign_in', { type: 'checkbox' })} />}
          </>
        ),
        send: async ({ login, name, language, may_sign_in, grants }) => {
          if (user) return change(user.id, { name: name.trim(), language, grants, disabled: !may_sign_in })
          const made = await create({ login: login.trim(), name: name.trim(), language, grants })
          if (made.reset_path) onLink({ name: made.name, path: made.reset_path })
          return made
        },
      }}
    />
  )
}
