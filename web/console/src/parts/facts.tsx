import { Paper, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'

// What there is to say of one thing: names and values.
export function Facts({ of }: { of: [label: string, value: ReactNode][] }) {
  return (
    <Paper p="md">
      <SimpleGrid component="dl" cols={{ base: 2, sm: 3, lg: 4 }} spacing="md" verticalSpacing="sm" m={0}>
        {of.map(([label, value]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
              {value === '' || value === null || value === undefined ? '–' : typeof value === 'string' ? <bdi>{value}</bdi> : value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Paper>
  )
}
