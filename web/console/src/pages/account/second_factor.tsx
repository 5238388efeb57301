import { Anchor, Button, Code, Group, PasswordInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { QRCodeSVG } from 'qrcode.react'
import { type ReactNode, useState } from 'react'
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from '../../session/requests'
import { sessionKey, useSession } from '../../session/session'
import { Copyable } from '../../ui/copyable'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { useAccountText } from './messages'

const qr_size = 200

export function SecondFactor() {
  const { session } = useSession()
  const [codes, setCodes] = useState<string[]>([])
  if (codes.length > 0) return <RecoveryCodes codes={codes} onKept={() => setCodes([])} />
  return session.user.two_factor ? <InForce /> : <SetUp onDone={setCodes} />
}

// Secrets stay in the state of the page alone: a query would keep them longer than they are looked at.
function SetUp({ onDone }: { onDone: (codes: string[]) => void }) {
  const t = useAccountText()
  const beginning = useMutation({ mutationFn: beginSecondFactor, gcTime: 0 })
  const [code, setCode] = useState('')
  const confirming = useMutation({ mutationFn: () => confirmSecondFactor(code.replaceAll(' ', '')), gcTime: 0, onSuccess: ({ recovery_codes }) => onDone(recovery_codes) })
  if (!beginning.data)
    return (
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          {t('factor_off')}
        </Text>
        {beginning.error && <ProblemAlert problem={beginning.error} />}
        <Button loading={beginning.isPending} onClick={() => beginning.mutate()}>
          {t('set_up')}
        </Button>
      </Stack>
    )
  return (
    <OneField onSubmit={() => confirming.mutate()} about={t('secret_about')} problem={confirming.error}>
      <QRCodeSVG value={beginning.data.uri} title={t('qr')} size={qr_size} marginSize={4} />
      <Group gap="md">
        <Copyable value={beginning.data.secret} />
        <Anchor href={beginning.data.uri} fz="sm">
          {t('open_app')}
        </Anchor>
      </Group>
      <TextInput label={t('code')} autoComplete="one-time-code" inputMode="numeric" required value={code} onChange={(e) => setCode(e.currentTarget.value)} />
      <Button type="submit" loading={confirming.isPending}>
        {t('confirm')}
      </Button>
    </OneField>
  )
}

function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useAccountText()
  const queries = useQueryClient()
  const finish = async () => {
    await queries.invalidateQueries({ queryKey: sessionKey })
    onKept()
  }
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm">{t('codes_about')}</Text>
      <SimpleGrid cols={2} spacing="xs">
        {codes.map((code) => (
          <Code key={code}>{code}</Code>
        ))}
      </SimpleGrid>
      <Button onClick={finish}>{t('kept')}</Button>
    </Stack>
  )
}

function InForce() {
  const t = useAccountText()
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const removing = useMutation({
    mutationFn: () => removeSecondFactor(password),
    onSuccess: () => {
      toast(t('removed'))
      return queries.invalidateQueries({ queryKey: sessionKey })
    },
  })
  return (
    <OneField onSubmit={() => removing.mutate()} about={t('factor_on')} problem={removing.error}>
      <PasswordInput label={t('your_password')} autoComplete="current-password" required w="100%" value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
      <Button type="submit" variant="default" loading={removing.isPending}>
        {t('remove')}
      </Button>
    </OneField>
  )
}

interface OneFieldProps {
  about: string
  problem: Error | null
  onSubmit: () => void
  children: ReactNode
}

function OneField({ about, problem, onSubmit, children }: OneFieldProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          {about}
        </Text>
        {children}
        {problem && <ProblemAlert problem={problem} />}
      </Stack>
    </form>
  )
}
