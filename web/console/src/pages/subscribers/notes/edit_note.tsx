import { Button, Checkbox, Group, Modal, Skeleton, Stack, Textarea, Title } from '@mantine/core'
import { useState } from 'react'
import { useForget } from '../../../parts/command_dialog'
import { Conflict } from '../../../ui/conflict'
import { useEditing } from '../../../ui/editing'
import { ProblemAlert } from '../../../ui/problem_alert'
import { toast } from '../../../ui/toast'
import { useNoteText } from './messages'
import { changeNote, type Note, type NoteChange, useNote } from './requests'

interface Props {
  subscriber: string
  note: string
  onClose: () => void
}

export function EditNote({ subscriber, note, onClose }: Props) {
  const t = useNoteText()
  const { data, error, refetch } = useNote(subscriber, note)
  return (
    <Modal opened onClose={onClose} title={<Title order={2}>{t('edit_title')}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      {error && <ProblemAlert problem={error} />}
      {data ? <Fields key={data.etag} subscriber={subscriber} read={data.data} etag={data.etag} reload={refetch} onClose={onClose} /> : <Skeleton h={160} />}
    </Modal>
  )
}

interface FieldProps {
  subscriber: string
  read: Note
  etag: string
  reload: () => Promise<unknown>
  onClose: () => void
}

// What was read is edited; when the note is read anew, the form begins anew.
function Fields({ subscriber, read, etag, reload, onClose }: FieldProps) {
  const t = useNoteText()
  const forget = useForget()
  const [text, setText] = useState(read.text)
  const [pinned, setPinned] = useState(read.pinned)
  const { submit, isSaving, problem, inConflict, keepMine, takeTheirs } = useEditing<NoteChange>({
    etag,
    reload,
    onSaved: () => {
      toast(t('saved'))
      void forget()
      onClose()
    },
    save: (change, tag) => changeNote(subscriber, read.id, change, tag),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit({ text: text.trim(), pinned })
      }}
    >
      <Stack>
        <Textarea label={t('text')} required autosize minRows={4} maxRows={14} maxLength={4000} data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Checkbox label={t('pin_it')} checked={pinned} onChange={(event) => setPinned(event.currentTarget.checked)} />
        {inConflict && <Conflict keepMine={keepMine} takeTheirs={() => void takeTheirs()} />}
        {problem && <ProblemAlert problem={problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isSaving} disabled={text.trim() === ''}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
