import { List, Loader, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CommandDialog } from '../../parts/command_dialog'
import { ProblemAlert } from '../../ui/problem_alert'
import { linkedWith, type Provider, removeProvider, type User } from './requests'
import { useSignOnText } from './sign_on_messages'

const losesTheWayIn = ({ has_password, identities }: User) => !has_password && identities.length < 2

export function RemoveProviderDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const t = useSignOnText()
  return (
    <CommandDialog
      done={t('removed')}
      onClose={onClose}
      action={{
        title: t('remove_title', { provider: provider.label }),
        about: t('remove_about'),
        confirm: t('remove'),
        isGrave: true,
        initial: {},
        fields: () => <WhoIsConcerned provider={provider} />,
        send: () => removeProvider(provider.name),
      }}
    />
  )
}

function WhoIsConcerned({ provider }: { provider: Provider }) {
  const t = useSignOnText()
  // What is shown before a command is not asked again behind it: the provider is gone then.
  const { data, error } = useQuery({ queryKey: ['preview', 'linked-with', provider.name], queryFn: () => linkedWith(provider.name), gcTime: 0 })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loader size="xs" />
  if (data.items.length === 0) return <Text size="sm">{t('remove_nobody')}</Text>
  const lost = data.items.filter(losesTheWayIn)
  const kept = data.items.filter((user) => !losesTheWayIn(user))
  return (
    <Stack gap="sm" role="note">
      {lost.length > 0 && <People words={t('remove_lost', { count: lost.length })} users={lost} />}
      {kept.length > 0 && <People words={t('remove_kept', { count: kept.length })} users={kept} />}
      {data.next && <Text size="sm">{t('remove_more')}</Text>}
    </Stack>
  )
}

function People({ words, users }: { words: string; users: User[] }) {
  return (
    <div>
      <Text size="sm">{words}</Text>
      <List size="sm">
        {users.map(({ id, name, login }) => (
          <List.Item key={id}>
            {name} ({login})
          </List.Item>
        ))}
      </List>
    </div>
  )
}
