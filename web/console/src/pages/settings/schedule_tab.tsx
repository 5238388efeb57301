import { Box, Button, Group, Paper, Select, Skeleton, Stack, Switch, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, answered, answeredWithTag } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog, useForget } from '../../parts/command_dialog'
import { StateBadge, type Tone } from '../../parts/state_badge'
import { useMay } from '../../session/session'
import { DateText, InstantText } from '../../ui/dates'
import { Play } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { useSettingsPageText } from './messages'
import { useScheduleText } from './schedule_messages'

type Task = Schema<'ScheduledTask'>

const tones: Record<Task['state'], Tone> = { off: 'quiet', waiting: 'good', queued: 'wait', running: 'busy' }
const known = ['billing', 'collection', 'automatic_payments', 'pro_formas'] as const
const poll_ms = 5000

export default function ScheduleTab() {
  const t = useSettingsPageText()
  const { data, error } = useQuery({
    queryKey: ['schedule'],
    queryFn: () => answered(api.GET('/api/v1/schedule', { params: { query: { limit: 500 } } })),
    refetchInterval: ({ state }) => (state.data?.items.some((task) => task.state === 'queued' || task.state === 'running') ? poll_ms : false),
  })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Skeleton h={240} />
  return (
    <Stack gap="sm" maw={860}>
      <Text size="sm" c="dimmed">
        {t('schedule_hint', { zone: data.items[0]?.time_zone ?? 'UTC' })}
      </Text>
      {data.items.map((task) => (
        <TaskCard key={task.task} task={task} />
      ))}
    </Stack>
  )
}

// A later server may have tasks that this console has no words for.
const knownOf = (task: string) => known.find((one) => one === task)
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: `${hour}`, label: `${String(hour).padStart(2, '0')}:00` }))

function TaskCard({ task }: { task: Task }) {
  const t = useSettingsPageText()
  const own = useScheduleText()
  const isOwner = useMay('owner')
  const isClerk = useMay('clerk')
  const forget = useForget()
  const [isRunning, setRunning] = useState(false)
  const changing = useMutation({
    mutationFn: async (body: Schema<'ScheduledTaskChange'>) => {
      const params = { path: { task: task.task } }
      const { etag } = await answeredWithTag(api.GET('/api/v1/schedule/{task}', { params }))
      return answered(api.PATCH('/api/v1/schedule/{task}', { params: { ...params, header: { 'If-Match': etag } }, body }))
    },
    onSuccess: () => {
      toast(t('changed'))
      void forget()
    },
  })
  const one = knownOf(task.task)
  const name = one ? t(`task_${one}`) : task.task
  return (
    <Paper p="md" component="section" aria-label={name}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="xs">
            <Title order={2}>{name}</Title>
            <StateBadge tone={tones[task.state]}>{t(`state_${task.state}`)}</StateBadge>
          </Group>
          <Text size="sm" c="dimmed">
            {one ? t(`about_${one}`) : task.what}
          </Text>
        </div>
        <Group gap="sm">
          <Switch
            label={t('every_day')}
            checked={(changing.isPending ? changing.variables.enabled : undefined) ?? task.enabled}
            disabled={!isOwner || changing.isPending}
            onChange={(event) => changing.mutate({ enabled: event.currentTarget.checked })}
          />
          <Select
            aria-label={`${name}: ${t('at_hour')}`}
            w={100}
            allowDeselect={false}
            disabled={!isOwner || changing.isPending}
            data={hours}
            value={`${task.hour}`}
            onChange={(hour) => hour && changing.mutate({ hour: Number(hour) })}
          />
          {isClerk && (
            <Button variant="default" leftSection={<Play size={14} />} onClick={() => setRunning(true)}>
              {t('run_now')}
            </Button>
          )}
        </Group>
      </Group>
      {task.compare !== null && (
        <Box mt="xs">
          <Switch
            label={own('compare')}
            aria-describedby="compare-hint"
            checked={(changing.isPending ? changing.variables.compare : undefined) ?? task.compare}
            disabled={!isOwner || changing.isPending}
            onChange={(event) => changing.mutate({ compare: event.currentTarget.checked })}
          />
          <Text id="compare-hint" size="xs" c="dimmed" mt={4}>
            {own('compare_hint')}
          </Text>
        </Box>
      )}
      <Group gap="lg" mt="xs">
        <Text size="sm">
          {t('next')}: <DateText value={task.next_date} />
        </Text>
        <Text size="sm">
          {t('last')}: <InstantText value={task.finished_at} />
        </Text>
        {task.result && <Text size="sm">{task.result}</Text>}
      </Group>
      {task.error && (
        <Text size="sm" c="red">
          {task.error}
        </Text>
      )}
      {changing.error && <ProblemAlert problem={changing.error} />}
      {isRunning && (
        <CommandDialog
          done={t('run_done')}
          onClose={() => setRunning(false)}
          action={{
            title: `${t('run_now')}: ${name}`,
            about: t('run_about'),
            confirm: t('run_now'),
            initial: {},
            send: () => answered(api.POST('/api/v1/schedule/{task}/run', { params: { path: { task: task.task } } })),
          }}
        />
      )}
    </Paper>
  )
}
