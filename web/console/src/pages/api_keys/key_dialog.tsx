import { Checkbox, Select, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { useSession } from '../../session/session'
import { useKeyText } from './messages'

const roles: Schema<'Role'>[] = ['viewer', 'clerk', 'owner']

export function KeyDialog({ onMade, onClose }: { onMade: (key: string) => void; onClose: () => void }) {
  const t = useKeyText()
  const { operator, isPlatform } = useSession()
  return (
    <CommandDialog
      done={t('created')}
      onClose={onClose}
      action={{
        title: t('new'),
        about: t('none_hint'),
        confirm: t('create'),
        initial: { name: '', role: 'viewer' as Schema<'Role'>, is_of_all: false },
        validate: ({ name }) => (name.trim() ? {} : { name: t('name_missing') }),
        fields: (form) => (
          <>
            <TextInput label={t('name')} description={t('name_hint')} required data-autofocus {...form.getInputProps('name')} />
            <Select label={t('role')} allowDeselect={false} data={roles.map((value) => ({ value, label: t(`role_${value}`) }))} {...form.getInputProps('role')} />
            {isPlatform && <Checkbox label={t('all')} {...form.getInputProps('is_of_all', { type: 'checkbox' })} />}
          </>
        ),
        send: async ({ name, role, is_of_all }) => {
          const { key } = await answered(api.POST('/api/v1/api-keys', { body: { name: name.trim(), role, operator: is_of_all ? null : (operator?.code ?? null) } }))
          if (key) onMade(key)
        },
      }}
    />
  )
}
