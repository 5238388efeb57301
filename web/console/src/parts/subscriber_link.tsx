import { Anchor, Text } from '@mantine/core'
import { Link } from 'react-router'

export const subscriberPath = (code: string) => `/subscribers/${encodeURIComponent(code)}`

export function SubscriberLink({ code, name }: { code: string | null; name?: string }) {
  if (!code) return <Text span c="dimmed">–</Text>
  return (
    <>
      <Anchor component={Link} to={subscriberPath(code)} fz="sm">
        <bdi>{name || code}</bdi>
      </Anchor>
      {name && name !== code && (
        <Text size="xs" c="dimmed">
          {code}
        </Text>
      )}
    </>
  )
}
