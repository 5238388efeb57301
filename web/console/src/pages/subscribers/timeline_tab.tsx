import { Anchor, Button, Code, Paper, Skeleton, Stack, Text, Timeline } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { useTableText } from '../../ui/data_table/messages'
import { History } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { eventWords, useEventText } from './event_messages'
import { useSubscriberText } from './messages'
import { useSubServices } from './queries'

type Event = Schema<'Event'>
const events_a_page = 500

// All that happened to the subscriber, the latest first. The API tells it oldest first, so that all of it is read.
export default function TimelineTab({ subscriber }: { subscriber: string }) {
  const t = useSubscriberText()
  const more = useTableText()
  const pages = useInfiniteQuery({
    queryKey: ['subscriber', subscriber, 'events'],
    queryFn: ({ pageParam }) =>
      answered(api.GET('/api/v1/events', { params: { query: { subscriber, after: pageParam, limit: events_a_page } } })),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.items.length === events_a_page ? last.next_after : undefined),
  })
  if (pages.error) return <ProblemAlert problem={pages.error} />
  if (!pages.data) return <Skeleton h={220} />
  const events = pages.data.pages.flatMap((page) => page.items).reverse()
  if (events.length === 0) return <Empty icon={History} title={t('no_events')} hint={t('no_events_hint')} />
  return (
    <Paper p="lg">
      <Stack>
        <Timeline bulletSize={12} lineWidth={2} active={events.length}>
          {events.map((event) => (
            <One key={event.id} event={event} subscriber={subscriber} />
          ))}
        </Timeline>
        {pages.hasNextPage && (
          <Button variant="default" size="xs" loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
            {more('more')}
          </Button>
        )}
      </Stack>
    </Paper>
  )
}

function One({ event, subscriber }: { event: Event; subscriber: string }) {
  const t = useSubscriberText()
  const words = useEventText()
  return (
    <Timeline.Item
      title={
        <Text size="sm" component="span">
          {eventWords(event.type, words)} <About event={event} subscriber={subscriber} />
        </Text>
      }
    >
      <Text size="xs" c="dimmed">
        <InstantText value={event.at} /> · {t('by', { actor: event.actor })}
      </Text>
    </Timeline.Item>
  )
}

// What the event is about, where it can be named or gone to.
function About({ event: { object }, subscriber }: { event: Event; subscriber: string }) {
  const subServices = useSubServices(subscriber).data?.items
  const t = useSubscriberText()
  if (object.type === 'document')
    return (
      <Anchor component={Link} to={`/documents/${encodeURIComponent(object.id)}`} fz="sm">
        {t('open_object')}
      </Anchor>
    )
  const held = object.type === 'sub_service' && subServices?.find(({ id }) => id === object.id)
  return held ? <Code>{held.code}</Code> : null
}
