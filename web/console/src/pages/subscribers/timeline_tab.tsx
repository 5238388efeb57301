import { Anchor, Button, Code, Paper, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
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
  const { locale } = useLanguage()
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
    <Stack gap="sm">
      {byDay(events, locale).map(([day, happened]) => (
        <Paper key={day} component="section" aria-label={day}>
          <Text size="xs" fw={600} c="dimmed" px="md" pt="sm" pb={4}>
            {day}
          </Text>
          <Table fz="sm" aria-label={day}>
            <Table.Tbody>
              {happened.map((event) => (
                <One key={event.id} event={event} subscriber={subscriber} />
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      ))}
      {pages.hasNextPage && (
        <Button variant="default" size="xs" loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
          {more('more')}
        </Button>
      )}
    </Stack>
  )
}

// By the viewer's days, as the clock beside each event goes.
function byDay(events: Event[], locale: string): [string, Event[]][] {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full' })
  return [...Map.groupBy(events, ({ at }) => format.format(new Date(at)))]
}

function One({ event, subscriber }: { event: Event; subscriber: string }) {
  const t = useSubscriberText()
  const words = useEventText()
  const { locale } = useLanguage()
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  return (
    <Table.Tr>
      <Table.Td w={96} c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        <time dateTime={event.at} title={event.at}>
          {clock.format(new Date(event.at))}
        </time>
      </Table.Td>
      <Table.Td>{eventWords(event.type, words)}</Table.Td>
      <Table.Td>
        <About event={event} subscriber={subscriber} />
      </Table.Td>
      <Table.Td ta="end" c="dimmed" fz="xs">
        {t('by', { actor: event.actor })}
      </Table.Td>
    </Table.Tr>
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
