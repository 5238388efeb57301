import { useQuery } from '@tanstack/react-query'
import { api, answered, answeredWithTag } from '../../../api/client'
import type { Schema } from '../../../api/types'
import { useMay, useSession } from '../../../session/session'

export type Note = Schema<'Note'>
export type NoteChange = Schema<'NoteChange'>

const most = 500

// Pinned ones first, each part newest first.
export const useNotes = (subscriber: string) =>
  useQuery({
    queryKey: ['subscriber', subscriber, 'notes'],
    queryFn: () => answered(api.GET('/api/v1/subscribers/{subscriber}/notes', { params: { path: { subscriber }, query: { limit: most } } })),
  })

export const useNote = (subscriber: string, note: string) =>
  useQuery({
    queryKey: ['subscriber', subscriber, 'notes', note],
    queryFn: () => answeredWithTag(api.GET('/api/v1/subscribers/{subscriber}/notes/{note}', { params: { path: { subscriber, note } } })),
    gcTime: 0,
  })

export const addNote = (subscriber: string, text: string, pinned: boolean) =>
  answered(api.POST('/api/v1/subscribers/{subscriber}/notes', { params: { path: { subscriber } }, body: { text, pinned } }))

export const changeNote = (subscriber: string, note: string, change: NoteChange, etag = '') =>
  answered(
    api.PATCH('/api/v1/subscribers/{subscriber}/notes/{note}', {
      params: { path: { subscriber, note }, ...(etag ? { header: { 'If-Match': etag } } : {}) },
      body: change,
    }),
  )

export const removeNote = (subscriber: string, note: string) =>
  answered(api.DELETE('/api/v1/subscribers/{subscriber}/notes/{note}', { params: { path: { subscriber, note } } }))

// Whoever works with subscribers may write notes.
export function useMayNote(): boolean {
  const isCashier = useMay('cashier')
  const isSupport = useMay('support')
  return isCashier || isSupport
}

// What somebody wrote is changed by them, or by an owner.
export function useMayChange(): (note: Note) => boolean {
  const { session } = useSession()
  const mayNote = useMayNote()
  const isOwner = useMay('owner')
  return ({ author }) => mayNote && (isOwner || author.id === session.user.id)
}
