import { ActionIcon, Button, Checkbox, Group, NumberInput, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Schema } from '../../api/types'
import { DaysField } from '../../parts/days_field'
import { useMay } from '../../session/session'
import { Plus, Trash2 } from '../../ui/icons'
import { useSettingsPageText } from './messages'

type Ladder = Schema<'Ladder'>

interface Props {
  value: Ladder[]
  onChange: (ladders: Ladder[]) => void
}

const steps = ['late_fee_after', 'suspend_after', 'terminate_after'] as const

export function LadderFields({ value, onChange }: Props) {
  const t = useSettingsPageText()
  const isOwner = useMay('owner')
  const [rows, setRows] = useState(() => value.map((ladder, key) => ({ key, ladder })))
  const [added, setAdded] = useState(value.length)
  const change = (next: typeof rows) => {
    setRows(next)
    onChange(next.map(({ ladder }) => ladder))
  }
  const add = () => {
    change([...rows, { key: added, ladder: { code: '', reminders: [0], suspend_after: 7 } }])
    setAdded(added + 1)
  }
  return (
    <Stack gap="sm">
      {rows.map(({ key, ladder }, i) => {
        const set = (more: Partial<Ladder>) => change(rows.map((row) => (row.key === key ? { key, ladder: { ...ladder, ...more } } : row)))
        return (
          <Paper key={key} p="sm">
            <Group align="flex-end" wrap="nowrap" mb="sm">
              <TextInput flex={1} label={t('code')} required value={ladder.code} onChange={(event) => set({ code: event.currentTarget.value })} />
              {isOwner && (
                <ActionIcon variant="default" size={34} aria-label={t('remove_ladder', { number: i + 1 })} onClick={() => change(rows.filter((row) => row.key !== key))}>
                  <Trash2 size={16} />
                </ActionIcon>
              )}
            </Group>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
              <DaysField label={t('reminders')} value={ladder.reminders ?? null} set={(reminders) => set({ reminders: reminders ?? [] })} />
              <TextInput label={t('late_fee')} description={'\u00a0'} value={ladder.late_fee ?? ''} onChange={(event) => set({ late_fee: event.currentTarget.value.trim() || null })} />
              {steps.map((name) => (
                <NumberInput key={name} label={t(name)} min={0} max={3650} allowDecimal={false} value={ladder[name] ?? ''} onChange={(days) => set({ [name]: typeof days === 'number' ? days : null })} />
              ))}
            </SimpleGrid>
            <Checkbox mt="sm" label={t('spares_weekends')} checked={ladder.spares_weekends ?? false} onChange={(event) => set({ spares_weekends: event.currentTarget.checked })} />
          </Paper>
        )
      })}
      {isOwner && (
        <Group>
          <Button variant="default" leftSection={<Plus size={16} />} onClick={add}>
            {t('add_ladder')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
