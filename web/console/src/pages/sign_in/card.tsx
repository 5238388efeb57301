import { Center, Group, Menu, Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { type Language, languages, useLanguage } from '../../i18n/language'
import { Mark } from '../../shell/brand'
import { Languages } from '../../ui/icons'
import { useSignInText } from './messages'

// The card in the middle of the pages that one sees before signing in.
export function Card({ title, children }: { title: string; children: ReactNode }) {
  const t = useSignInText()
  useEffect(() => {
    document.title = `${title} – Sluice`
  }, [title])
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={380} gap="lg">
        <Group gap="sm">
          <Mark size={36} />
          <div>
            <Text fw={650} size="lg" lh={1.2}>
              Sluice
            </Text>
            <Text size="sm" c="dimmed">
              {t('lead')}
            </Text>
          </div>
        </Group>
        <Paper p="xl" shadow="xs">
          <Title order={1} mb="md">
            {title}
          </Title>
          {children}
        </Paper>
        <LanguageChoice />
      </Stack>
    </Center>
  )
}

function LanguageChoice() {
  const { language, choose } = useLanguage()
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton c="dimmed" fz="sm" style={{ alignSelf: 'center' }}>
          <Group gap={6}>
            <Languages size={15} /> {languages[language]}
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([code, name]) => (
          <Menu.Item key={code} lang={code} onClick={() => choose(code as Language)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
