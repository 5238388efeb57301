import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSession } from '../../session/session'
import { useShellText } from '../../shell/messages'
import { Page } from '../../ui/page'
import { useAccountText } from './messages'
import { PasswordForm } from './password_form'
import { SecondFactor } from './second_factor'

// What everybody looks after themselves: the password and the second factor.
export default function AccountPage() {
  const t = useAccountText()
  const { session } = useSession()
  return (
    <Page title={t('title')} subtitle={`${session.user.name} · ${session.user.login}`}>
      <SimpleGrid cols={{ base: 1, md: 2 }} maw={960}>
        <Part title={t('password')}>
          <PasswordForm />
        </Part>
        <Part title={t('factor')}>
          <SecondFactor />
        </Part>
        <Part title={t('role')}>
          <Roles />
        </Part>
      </SimpleGrid>
    </Page>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2}>{title}</Title>
        {children}
      </Stack>
    </Paper>
  )
}

function Roles() {
  const t = useAccountText()
  const shell = useShellText()
  const { session } = useSession()
  return session.grants.map(({ operator, operator_name, role }) => (
    <Group key={operator ?? ''} justify="space-between">
      <Text size="sm">{operator === null ? t('everywhere') : (operator_name ?? operator)}</Text>
      <Badge variant="light" tt="none">
        {shell(`role_${role}`)}
      </Badge>
    </Group>
  ))
}
