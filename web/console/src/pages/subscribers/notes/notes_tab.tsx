import { Button, Checkbox, Group, Paper, Skeleton, Stack, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForget } from '../../../parts/command_dialog'
import { Empty } from '../../../ui/empty'
import { StickyNote } from '../../../ui/icons'
import { ProblemAlert } from '../../../ui/problem_alert'
import { toast } from '../../../ui/toast'
import { useNoteText } from './messages'
import { NoteView } from './note_view'
import { addNote, useMayNote, useNotes } from './requests'

export default function NotesTab({ subscriber }: { subscriber: string }) {
  const t = useNoteText()
  const mayNote = useMayNote()
  const { data, error } = useNotes(subscriber)
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Skeleton h={220} />
  return (
    <Stack gap="sm">
      {mayNote && <NewNote subscriber={subscriber} />}
      {data.items.length === 0 && <Empty icon={StickyNote} title={t('none')} hint={t('none_hint')} />}
      {data.items.map((note) => (
        <Paper key={note.id} p="md">
          <NoteView subscriber={subscriber} note={note} />
        </Paper>
      ))}
    </Stack>
  )
}

function NewNote({ subscriber }: { subscriber: string }) {
  const t = useNoteText()
  const forget = useForget()
  const [text, setText] = useState('')
  const [pinned, setPinned] = useState(false)
  const adding = useMutation({
    mutationFn: () => addNote(subscriber, text.trim(), pinned),
    onSuccess: () => {
      setText('')
      setPinned(false)
      toast(t('written'))
      void forget()
    },
  })
  return (
    <Paper p="md">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <Stack gap="xs">
          <Textarea
            label={t('new')} description={t('new_hint')} autosize minRows={2} maxRows={10} maxLength={4000} value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {adding.error && <ProblemAlert problem={adding.error} />}
          <Group justify="space-between">
            <Checkbox label={t('pin_it')} checked={pinned} onChange={(event) => setPinned(event.currentTarget.checked)} />
            <Button type="submit" loading={adding.isPending} disabled={text.trim() === ''}>
              {t('write')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
