import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { daysOf } from './days'
import { useSettingsText } from './settings_messages'

interface Props {
  label: string
  value: number[] | null
  set: (days: number[] | null) => void
}

// Several numbers of days in one field; empty is said nowhere.
export function DaysField({ label, value, set }: Props) {
  const t = useSettingsText()
  const [typed, setTyped] = useState(value?.join(', ') ?? '')
  const change = (next: string) => {
    setTyped(next)
    const days = daysOf(next)
    if (days !== null) set(next.trim() === '' ? null : days)
  }
  return (
    <TextInput
      label={label}
      description={t('days_hint')}
      value={typed}
      error={daysOf(typed) === null ? t('days_hint') : undefined}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
