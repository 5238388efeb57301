import { Alert, Divider, Stack } from '@mantine/core'
import { Fragment } from 'react'
import { Pin } from '../../../ui/icons'
import { useNoteText } from './messages'
import { NoteView } from './note_view'
import { useNotes } from './requests'

// What everybody should see who opens this page, whatever they look for.
export function PinnedNotes({ subscriber }: { subscriber: string }) {
  const t = useNoteText()
  const pinned = useNotes(subscriber).data?.items.filter((note) => note.pinned) ?? []
  if (pinned.length === 0) return null
  return (
    <Alert variant="light" color="yellow" icon={<Pin size={18} />} component="section" aria-label={t('pinned')} role="region">
      <Stack gap="xs">
        {pinned.map((note, i) => (
          <Fragment key={note.id}>
            {i > 0 && <Divider />}
            <NoteView subscriber={subscriber} note={note} isAlone />
          </Fragment>
        ))}
      </Stack>
    </Alert>
  )
}
