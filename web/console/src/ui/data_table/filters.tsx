import { Button, CloseButton, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { DateField } from '../fields'
import { Search, X } from '../icons'
import type { ListState } from './list_state'
import { useTableText } from './messages'
import type { Filter } from './types'

const typing_pause_ms = 40

export function Filters({ filters, state }: { filters: Filter[]; state: ListState }) {
  const t = useTableText()
  return (
    <Group gap={8} align="flex-end">
      {filters.map((filter) => (
        <FilterField key={filter.id} filter={filter} value={state.filters[filter.id] ?? ''} set={(v) => state.setFilter(filter.id, v)} />
      ))}
      {state.isFiltered && (
        <Button variant="subtle" size="xs" leftSection={<X size={14} />} onClick={state.clear}>
          {t('clear')}
        </Button>
      )}
    </Group>
  )
}

interface FieldProps {
  filter: Filter
  value: string
  set: (value: string) => void
}

function FilterField({ filter, value, set }: FieldProps) {
  const t = useTableText()
  if (filter.kind === 'choice')
    return (
      <Select
        aria-label={filter.label}
        placeholder={`${filter.label}: ${t('any')}`}
        data={filter.options ?? []}
        value={value || null}
        onChange={(next) => set(next ?? '')}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        searchable={(filter.options?.length ?? 0) > 8}
        w={{ base: '48%', sm: 170 }}
        size="sm"
      />
    )
  if (filter.kind === 'date') return <DateField label={filter.label} value={value} onChange={set} size="sm" />
  return <TypedField filter={filter} value={value} set={set} />
}

// What is typed is shown at once and asked for after a short pause.
function TypedField({ filter, value, set }: FieldProps) {
  const t = useTableText()
  const [typed, setTyped] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  const ask = useDebouncedCallback(set, typing_pause_ms)
  const isSearch = filter.kind === 'search'
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(value)
  }, [value])
  useSlash(field, isSearch)
  const change = (next: string) => {
    setTyped(next)
    ask(next.trim())
  }
  return (
    <TextInput
      ref={field}
      type={isSearch ? 'search' : 'text'}
      aria-label={filter.label}
      placeholder={filter.label}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={isSearch ? <Search size={15} /> : undefined}
      rightSection={typed ? <CloseButton size="sm" aria-label={t('clear')} onClick={() => change('')} /> : undefined}
      w={isSearch ? { base: '100%', sm: 320 } : { base: '30%', sm: 150 }}
      size="sm"
    />
  )
}

function useSlash(field: React.RefObject<HTMLInputElement | null>, isSearch: boolean) {
  useEffect(() => {
    if (!isSearch) return
    const onKey = (event: KeyboardEvent) => {
      const writes = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role=dialog]')
      if (event.key !== '/' || writes || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      field.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [field, isSearch])
}
