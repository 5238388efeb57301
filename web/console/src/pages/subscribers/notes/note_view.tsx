import { ActionIcon, Badge, Group, Text, Tooltip } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CommandDialog, useForget } from '../../../parts/command_dialog'
import { useLanguage } from '../../../i18n/language'
import { InstantText } from '../../../ui/dates'
import { formatInstant } from '../../../ui/format'
import { Pencil, Pin, PinOff, Trash2 } from '../../../ui/icons'
import { ProblemAlert } from '../../../ui/problem_alert'
import { EditNote } from './edit_note'
import { useNoteText } from './messages'
import { changeNote, type Note, removeNote, useMayChange, useMayNote } from './requests'

interface Props {
  subscriber: string
  note: Note
}

// `isAlone`: it stands where only pinned notes do.
export function NoteView({ subscriber, note, isAlone = false }: Props & { isAlone?: boolean }) {
  const t = useNoteText()
  const { locale } = useLanguage()
  return (
    <article>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} flex={1}>
          <bdi>{note.text}</bdi>
        </Text>
        <Actions subscriber={subscriber} note={note} />
      </Group>
      <Group gap="xs" c="dimmed" fz="xs" mt={4}>
        <bdi>{note.author.name}</bdi>
        <InstantText value={note.created_at} />
        {note.changed_at && <span>{t('changed', { at: formatInstant(note.changed_at, locale) })}</span>}
        {note.pinned && !isAlone && (
          <Badge size="xs" variant="light" color="yellow" tt="none">
            {t('is_pinned')}
          </Badge>
        )}
      </Group>
    </article>
  )
}

function Actions({ subscriber, note }: Props) {
  const t = useNoteText()
  const { locale } = useLanguage()
  const mayNote = useMayNote()
  const mayChange = useMayChange()(note)
  const forget = useForget()
  const [chosen, choose] = useState<'edit' | 'remove' | null>(null)
  const pinning = useMutation({ mutationFn: () => changeNote(subscriber, note.id, { pinned: !note.pinned }), onSuccess: () => void forget() })
  const of = t('of', { author: note.author.name, at: formatInstant(note.created_at, locale) })
  const buttons = [
    { kind: 'pin', word: t(note.pinned ? 'unpin' : 'pin'), Icon: note.pinned ? PinOff : Pin, isOffered: mayNote, act: () => pinning.mutate() },
    { kind: 'edit', word: t('edit'), Icon: Pencil, isOffered: mayChange, act: () => choose('edit') },
    { kind: 'remove', word: t('remove'), Icon: Trash2, isOffered: mayChange, act: () => choose('remove') },
  ]
  return (
    <>
      <Group gap={2} wrap="nowrap">
        {buttons.map(
          ({ kind, word, Icon, isOffered, act }) =>
            isOffered && (
              <Tooltip key={kind} label={word}>
                <ActionIcon variant="subtle" color="gray" aria-label={`${word}: ${of}`} loading={kind === 'pin' && pinning.isPending} onClick={act}>
                  <Icon size={16} />
                </ActionIcon>
              </Tooltip>
            ),
        )}
      </Group>
      {pinning.error && <ProblemAlert problem={pinning.error} />}
      {chosen === 'edit' && <EditNote subscriber={subscriber} note={note.id} onClose={() => choose(null)} />}
      {chosen === 'remove' && (
        <CommandDialog
          done={t('removed')}
          onClose={() => choose(null)}
          action={{ title: t('remove'), about: t('remove_about'), confirm: t('remove'), isGrave: true, initial: {}, send: () => removeNote(subscriber, note.id) }}
        />
      )}
    </>
  )
}
