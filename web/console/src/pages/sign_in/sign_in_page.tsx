import { Alert, Anchor, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { problemOf } from '../../api/problem'
import { readSession, readSignInOptions, signIn } from '../../session/requests'
import { forgetAnswers, sessionKey } from '../../session/session'
import { ProblemAlert } from '../../ui/problem_alert'
import { Card } from './card'
import { useSignInText } from './messages'
import { ResetRequest } from './reset_request'

// Only a path of the console is gone back to: an address that somebody else put into the link is not.
const wayBack = (from: string | null) => (from?.startsWith('/') && !from.startsWith('//') ? from : '/')

export default function SignInPage() {
  const t = useSignInText()
  const [params] = useSearchParams()
  const session = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity })
  const [hasForgotten, setHasForgotten] = useState(false)
  if (session.data) return <Navigate to={wayBack(params.get('from'))} replace />
  if (hasForgotten)
    return (
      <Card title={t('reset_request')}>
        <ResetRequest onBack={() => setHasForgotten(false)} />
      </Card>
    )
  return <SignIn signOn={signOnWords(params.get('sign_on'))} onForgotten={() => setHasForgotten(true)} />
}

// How signing on through a provider has ended, when it has not ended well.
const signOnWords = (ending: string | null) =>
  ending === 'too_late' || ending === 'refused' || ending === 'failed' ? (`sign_on_${ending}` as const) : null

function SignIn({ signOn, onForgotten }: { signOn: ReturnType<typeof signOnWords>; onForgotten: () => void }) {
  const t = useSignInText()
  const queries = useQueryClient()
  const form = useForm({ initialValues: { login: '', password: '', code: '' } })
  const signing = useMutation({
    mutationFn: () => {
      const { login, password, code } = form.getValues()
      return signIn(code ? { login, password, code: code.replaceAll(' ', '') } : { login, password })
    },
    onSuccess: (session) => {
      forgetAnswers(queries)
      queries.setQueryData(sessionKey, session)
    },
  })
  const code = signing.error ? problemOf(signing.error).code : ''
  const [wantsCode, setWantsCode] = useState(false)
  if (code === 'second_factor_required' && !wantsCode) setWantsCode(true)
  const submit = form.onSubmit(() => signing.mutate())
  const goBack = () => {
    setWantsCode(false)
    form.setFieldValue('code', '')
    signing.reset()
  }
  return (
    <Card title={t(wantsCode ? 'second_factor' : 'title')}>
      <form onSubmit={submit}>
        <Stack>
          {signOn && signing.isIdle && (
            <Alert color="orange" role="alert">
              {t(signOn)}
            </Alert>
          )}
          {signing.error && code !== 'second_factor_required' && <SignInProblem problem={signing.error} />}
          {wantsCode ? (
            <TextInput
              label={t('code')}
              description={t('code_hint')}
              autoComplete="one-time-code"
              autoFocus
              required
              {...form.getInputProps('code')}
            />
          ) : (
            <>
              <TextInput label={t('login')} autoComplete="username" autoFocus required {...form.getInputProps('login')} />
              <PasswordInput label={t('password')} autoComplete="current-password" required {...form.getInputProps('password')} />
            </>
          )}
          <Button type="submit" loading={signing.isPending} fullWidth>
            {t('sign_in')}
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={wantsCode ? goBack : onForgotten}>
            {t(wantsCode ? 'back' : 'forgotten')}
          </Anchor>
        </Stack>
      </form>
      {!wantsCode && <OtherWays />}
    </Card>
  )
}

function SignInProblem({ problem }: { problem: unknown }) {
  const t = useSignInText()
  const { code } = problemOf(problem)
  if (code !== 'wrong_credentials' && code !== 'wrong_code' && code !== 'locked_out') return <ProblemAlert problem={problem} />
  return (
    <Alert color="orange" role="alert">
      {t(code)}
    </Alert>
  )
}

function OtherWays() {
  const t = useSignInText()
  const options = useQuery({ queryKey: [...sessionKey, 'options'], queryFn: readSignInOptions, staleTime: Infinity, retry: false })
  if (!options.data?.oidc.length) return null
  return (
    <Stack gap="xs">
      <Divider label={t('or')} mt="lg" />
      {options.data.oidc.map(({ name, url }) => (
        <Button key={url} component="a" href={url} variant="default" fullWidth>
          {t('with', { name })}
        </Button>
      ))}
    </Stack>
  )
}
