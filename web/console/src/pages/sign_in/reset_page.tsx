import { Alert, Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { Link, useLocation } from 'react-router'
import { resetPassword } from '../../session/requests'
import { ProblemAlert } from '../../ui/problem_alert'
import { Card } from './card'
import { useSignInText } from './messages'

const shortest = 12

// The token stands behind the # of the link, so that no server's log gets to see it.
export default function ResetPage() {
  const t = useSignInText()
  const token = useLocation().hash.slice(1)
  return (
    <Card title={t('new_password')}>
      {token ? <NewPassword token={token} /> : <Text size="sm">{t('no_token')}</Text>}
      <Anchor component={Link} to="/sign-in" size="sm" mt="md" display="block">
        {t('to_sign_in')}
      </Anchor>
    </Card>
  )
}

function NewPassword({ token }: { token: string }) {
  const t = useSignInText()
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: {
      password: (password) => (password.length < shortest ? t('too_short') : null),
      again: (again, { password }) => (again === password ? null : t('differ')),
    },
  })
  const setting = useMutation({ mutationFn: () => resetPassword(token, form.getValues().password) })
  if (setting.isSuccess) return <Alert role="status">{t('done')}</Alert>
  return (
    <form onSubmit={form.onSubmit(() => setting.mutate())}>
      <Stack>
        {setting.error && <ProblemAlert problem={setting.error} />}
        <PasswordInput label={t('new_password')} description={t('too_short')} autoComplete="new-password" required {...form.getInputProps('password')} />
        <PasswordInput label={t('again')} autoComplete="new-password" required {...form.getInputProps('again')} />
        <Button type="submit" loading={setting.isPending}>
          {t('set')}
        </Button>
      </Stack>
    </form>
  )
}
