import { Button, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, answered } from '../../api/client'
import { problemOf } from '../../api/problem'
import { useMay } from '../../session/session'
import { Conflict } from '../../ui/conflict'
import { useEditing } from '../../ui/editing'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { useSubscriberText } from './messages'
import { forgetSubscriber, type Subscriber, useSubscriber } from './queries'

const fields = ['contact', 'organization', 'email', 'language', 'category', 'region', 'pop', 'country'] as const
type Details = Record<(typeof fields)[number], string>

const detailsOf = (subscriber: Subscriber): Details =>
  Object.fromEntries(fields.map((field) => [field, subscriber[field]])) as Details

const patch = (subscriber: string, body: Details, etag: string) =>
  answered(
    api.PATCH('/api/v1/subscribers/{subscriber}', {
      params: { path: { subscriber }, header: etag ? { 'If-Match': etag } : {} },
      body,
    }),
  )

export default function DetailsTab({ subscriber }: { subscriber: string }) {
  const read = useSubscriber(subscriber)
  if (!read.data) return null
  return <Form subscriber={read.data.data} etag={read.data.etag} reload={read.refetch} />
}

interface FormProps {
  subscriber: Subscriber
  etag: string
  reload: () => Promise<{ data?: { data: Subscriber } | undefined }>
}

function Form({ subscriber, etag, reload }: FormProps) {
  const t = useSubscriberText()
  const queries = useQueryClient()
  const isClerk = useMay('clerk')
  const form = useForm<Details>({ initialValues: detailsOf(subscriber) })
  const editing = useEditing<Details>({
    etag,
    save: (values, tag) => patch(subscriber.code, values, tag),
    reload: async () => {
      const { data } = await reload()
      if (data) form.setValues(detailsOf(data.data))
    },
    onSaved: () => {
      toast(t('saved'))
      form.resetDirty()
      void forgetSubscriber(queries, subscriber.code)
    },
  })
  const { setErrors } = form
  useEffect(() => {
    if (editing.problem) setErrors(problemOf(editing.problem).fieldErrors())
  }, [editing.problem, setErrors])
  return (
    <Paper p="lg" maw={760}>
      <form onSubmit={form.onSubmit(editing.submit)}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('details_hint')}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="xs">
            {fields.map((field) => (
              <TextInput key={field} label={t(field)} readOnly={!isClerk} {...form.getInputProps(field)} />
            ))}
          </SimpleGrid>
          {editing.inConflict && <Conflict takeTheirs={editing.takeTheirs} keepMine={editing.keepMine} />}
          {editing.problem && <ProblemAlert problem={editing.problem} />}
          {isClerk && (
            <Group justify="flex-end">
              <Button type="submit" loading={editing.isSaving} disabled={!form.isDirty()}>
                {t('save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  )
}
