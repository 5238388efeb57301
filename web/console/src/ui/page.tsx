import { Box, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface Props {
  title: string
  subtitle?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

// A page of the console: its heading, what can be done on it, its content.
export function Page({ title, subtitle, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} – Sluice`
  }, [title])
  return (
    <Box p={{ base: 'sm', sm: 'lg' }} maw={1480} mx="auto">
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <div>
          <Title order={1}>
            <bdi>{title}</bdi>
          </Title>
          {subtitle && (
            <Text component="div" size="sm" c="dimmed">
              {subtitle}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  )
}
