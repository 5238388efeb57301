import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { isConflict } from './conflict'

interface Editing<V> {
  etag: string
  // REQUIRES: sends `etag` as If-Match, unless it is empty.
  save: (values: V, etag: string) => Promise<unknown>
  reload: () => Promise<unknown>
  onSaved: () => void
}

// Saving what was read with an ETag: a conflict is told apart from other refusals, and either side may win.
export function useEditing<V>({ etag, save, reload, onSaved }: Editing<V>) {
  const [last, setLast] = useState<V | null>(null)
  const saving = useMutation({
    mutationFn: ({ values, tag }: { values: V; tag: string }) => save(values, tag),
    onSuccess: onSaved,
  })
  const submit = (values: V) => {
    setLast(values)
    saving.mutate({ values, tag: etag })
  }
  const inConflict = saving.error !== null && isConflict(saving.error)
  return {
    submit,
    isSaving: saving.isPending,
    problem: inConflict ? null : saving.error,
    inConflict,
    keepMine: () => last !== null && saving.mutate({ values: last, tag: '' }),
    takeTheirs: async () => {
      await reload()
      saving.reset()
    },
  }
}
