import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { requestReset } from '../../session/requests'
import { ProblemAlert } from '../../ui/problem_alert'
import { useSignInText } from './messages'

export function ResetRequest({ onBack }: { onBack: () => void }) {
  const t = useSignInText()
  const [login, setLogin] = useState('')
  const asking = useMutation({ mutationFn: () => requestReset(login) })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        asking.mutate()
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('reset_hint')}
        </Text>
        {asking.error && <ProblemAlert problem={asking.error} />}
        {asking.isSuccess && <Alert role="status">{t('link_sent')}</Alert>}
        <TextInput label={t('login')} autoComplete="username" required value={login} onChange={(e) => setLogin(e.target.value)} />
        <Button type="submit" loading={asking.isPending}>
          {t('send_link')}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {t('back')}
        </Anchor>
      </Stack>
    </form>
  )
}
