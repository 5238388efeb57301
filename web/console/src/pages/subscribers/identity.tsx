import { Anchor, Badge, Group } from '@mantine/core'
import { Copyable } from '../../ui/copyable'
import type { Subscriber } from './queries'

// Who is on the phone.
export function Identity({ subscriber: { code, name, contact, organization, category, region, pop, country, email } }: { subscriber: Subscriber }) {
  const place = [pop, region, country].filter(Boolean).join(', ')
  return (
    <Group gap="sm" mt={2} style={{ rowGap: 2 }}>
      <Copyable value={code} />
      {organization && contact && contact !== name && <span>{contact}</span>}
      {category && (
        <Badge variant="default" size="sm" tt="none">
          {category}
        </Badge>
      )}
      {place && <span>{place}</span>}
      {email && <Anchor href={`mailto:${email}`} fz="sm">{email}</Anchor>}
    </Group>
  )
}
