import { Button, Group } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useMay } from '../../session/session'
import { Plus } from '../../ui/icons'

// What makes another one of a list, for those who may.
export function NewButton({ label, dialog }: { label: string; dialog: (onClose: () => void) => ReactNode }) {
  const isOwner = useMay('owner')
  const [isOpen, setOpen] = useState(false)
  if (!isOwner) return null
  return (
    <Group justify="flex-end" mb="sm">
      <Button leftSection={<Plus size={16} />} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {isOpen && dialog(() => setOpen(false))}
    </Group>
  )
}
