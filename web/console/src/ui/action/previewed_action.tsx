import { Button, Group, Loader, Modal, Stack, Text, Title } from '@mantine/core'
import { type FormErrors, type UseFormReturnType, useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { problemOf } from '../../api/problem'
import type { Schema } from '../../api/types'
import { ProblemAlert } from '../problem_alert'
import { useActionText } from './messages'
import { PreviewView } from './preview_view'
import { RefusalList } from './refusal_list'

type Preview = Schema<'Preview'>
type Refusal = Schema<'CommandResult'>
type Values = Record<string, unknown>

export interface Action<V extends Values> {
  title: string
  // What it does, in a sentence, where the title does not say it all.
  about?: string
  confirm: string
  isGrave?: boolean
  initial: V
  fields?: (form: UseFormReturnType<V>) => ReactNode
  validate?: (values: V) => FormErrors
  // The same command as `send`, with ?preview=true. Without it the command charges nothing.
  preview?: (values: V) => Promise<Preview>
  // Which command of many a refusal is about, by its index.
  nameOf?: (index: number) => string
  send: (values: V) => Promise<unknown>
}

interface Props<V extends Values> {
  action: Action<V>
  today: string
  onClose: () => void
  onDone: () => void
}

const typing_pause_ms = 250

// A dialog for a command: its fields, what it would charge, and only then the button that does it.
// What was typed stays when it is refused.
export function PreviewedAction<V extends Values>({ action, today, onClose, onDone }: Props<V>) {
  const t = useActionText()
  const form = useForm<V>({ initialValues: action.initial, validate: action.validate ?? {} })
  const sending = useMutation({
    mutationFn: (values: V) => action.send(values),
    onSuccess: onDone,
    onError: (failure) => form.setErrors(problemOf(failure).fieldErrors()),
  })
  const isValid = !action.validate || Object.keys(action.validate(form.values)).length === 0
  const preview = usePreview(action, form.values, isValid)
  return (
    <Modal opened onClose={onClose} title={<Title order={2}>{action.title}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={form.onSubmit((values) => sending.mutate(values))}>
        <Stack>
          {action.about && (
            <Text size="sm" c="dimmed">
              {action.about}
            </Text>
          )}
          {action.fields?.(form)}
          {action.preview && <PreviewPart preview={preview} on={dayOf(form.values) ?? today} nameOf={action.nameOf ?? String} />}
          {sending.error && <ProblemAlert problem={sending.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" color={action.isGrave ? 'red' : undefined} loading={sending.isPending} disabled={!preview.isReady}>
              {action.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface Previewed {
  charges: Preview['charges'] | undefined
  refused: Refusal[]
  error: Error | null
  isWorking: boolean
  // What is shown is what the values of this moment would charge.
  isReady: boolean
}

function usePreview<V extends Values>(action: Action<V>, values: V, isValid: boolean): Previewed {
  const [settled] = useDebouncedValue(JSON.stringify(values), typing_pause_ms)
  const [dialog] = useState(() => Math.random())
  const isSettled = settled === JSON.stringify(values)
  const query = useQuery({
    queryKey: ['preview', dialog, settled],
    queryFn: () => action.preview?.(JSON.parse(settled) as V) ?? null,
    enabled: action.preview !== undefined && isValid && isSettled,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })
  const isWorking = action.preview !== undefined && isValid && (query.isFetching || !isSettled)
  return {
    charges: isSettled ? query.data?.charges : undefined,
    refused: (isSettled && query.data?.refused) || [],
    error: isSettled ? query.error : null,
    isWorking,
    isReady: action.preview === undefined || (isSettled && query.isSuccess),
  }
}

// The day that the command counts for, if one was chosen.
const dayOf = ({ date }: Values) => (typeof date === 'string' && date !== '' ? date : undefined)

function PreviewPart({ preview, on, nameOf }: { preview: Previewed; on: string; nameOf: (index: number) => string }) {
  const t = useActionText()
  return (
    <Stack gap="xs" aria-live="polite">
      <Title order={3}>{t('preview')}</Title>
      {preview.isWorking && (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm" c="dimmed">
            {t('working_out')}
          </Text>
        </Group>
      )}
      {preview.error && <ProblemAlert problem={preview.error} />}
      {preview.refused.length > 0 && <RefusalList refused={preview.refused} nameOf={nameOf} />}
      {preview.charges && <PreviewView charges={preview.charges} on={on} />}
    </Stack>
  )
}
