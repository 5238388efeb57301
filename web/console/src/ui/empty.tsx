import { Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'

interface Props {
  icon: ComponentType<{ size?: number }>
  title: string
  hint: string
  children?: ReactNode
}

// Where there is nothing yet: what would be here, and how it comes to be.
export function Empty({ icon: Icon, title, hint, children }: Props) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon variant="light" size={48} radius="xl">
        <Icon size={24} />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={460}>
        {hint}
      </Text>
      {children}
    </Stack>
  )
}
