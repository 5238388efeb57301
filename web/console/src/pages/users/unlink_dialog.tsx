import { List, Text } from '@mantine/core'
import { CommandDialog } from '../../parts/command_dialog'
import { InstantText } from '../../ui/dates'
import { type User, useUserRequests } from './requests'
import { useSignOnText } from './sign_on_messages'

export function UnlinkDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useSignOnText()
  const { unlink } = useUserRequests()
  return (
    <CommandDialog
      done={t('unlinked')}
      onClose={onClose}
      action={{
        title: t('unlink_title', { name: user.name }),
        about: t('unlink_about', { name: user.name }),
        confirm: t('unlink'),
        isGrave: true,
        initial: {},
        fields: () => (
          <>
            <List size="sm">
              {user.identities.map(({ provider, label, subject, linked_at }) => (
                <List.Item key={provider} style={{ overflowWrap: 'anywhere' }}>
                  <b>{label}</b> {t('as_subject', { subject })} <InstantText value={linked_at} />
                </List.Item>
              ))}
            </List>
            {!user.has_password && <Text size="sm">{t('unlink_no_password', { name: user.name })}</Text>}
          </>
        ),
        send: () => unlink(user.id),
      }}
    />
  )
}
