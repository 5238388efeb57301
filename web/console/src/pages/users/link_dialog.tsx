import { Checkbox } from '@mantine/core'
import { CommandDialog } from '../../parts/command_dialog'
import { useUserText } from './messages'
import { type MadeLink, type User, useUserRequests } from './requests'

export function LinkDialog({ user, onLink, onClose }: { user: User; onLink: (link: MadeLink) => void; onClose: () => void }) {
  const t = useUserText()
  const { makeLink } = useUserRequests()
  return (
    <CommandDialog
      done={t('link_made')}
      onClose={onClose}
      action={{
        title: t('link'),
        about: t('link_about', { name: user.name }),
        confirm: t('link_make'),
        initial: { drop_factor: false },
        fields: (form) => user.two_factor && <Checkbox label={t('drop_factor')} {...form.getInputProps('drop_factor', { type: 'checkbox' })} />,
        send: async ({ drop_factor }) => {
          const { reset_path } = await makeLink(user.id, drop_factor)
          if (reset_path) onLink({ name: user.name, path: reset_path })
        },
      }}
    />
  )
}
