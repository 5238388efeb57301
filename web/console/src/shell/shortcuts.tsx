import { Group, Kbd, Modal, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { type ShellKey, useShellText } from './messages'

const opening = 'sluice:shortcuts'
export const openShortcuts = () => window.dispatchEvent(new Event(opening))

const patience_ms = 1000
const places: Record<string, { to: string; label: ShellKey }> = {
  s: { to: '/subscribers', label: 'shortcut_subscribers' },
  n: { to: '/sell', label: 'shortcut_sell' },
  d: { to: '/documents', label: 'shortcut_documents' },
  p: { to: '/payments', label: 'shortcut_payments' },
  h: { to: '/dashboard', label: 'shortcut_dashboard' },
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role=dialog]') !== null

// Keys that count anywhere but where one writes.
function useShortcuts(help: () => void) {
  const navigate = useNavigate()
  const goPressedAt = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return
      const place = places[event.key]
      if (place && Date.now() - goPressedAt.current < patience_ms) navigate(place.to)
      else if (event.key === '?') help()
      goPressedAt.current = event.key === 'g' ? Date.now() : 0
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, help])
}

export function Shortcuts() {
  const t = useShellText()
  const [opened, setOpened] = useState(false)
  const open = useRef(() => setOpened(true)).current
  useShortcuts(open)
  useEffect(() => {
    window.addEventListener(opening, open)
    return () => window.removeEventListener(opening, open)
  }, [open])
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t('shortcuts')} size="md" closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="xs">
        <Title order={3}>{t('global')}</Title>
        <Row keys={['Ctrl/⌘', 'K']} label="shortcut_palette" />
        {Object.entries(places).map(([key, { label }]) => (
          <Row key={key} keys={['g', key]} label={label} />
        ))}
        <Row keys={['?']} label="shortcut_help" />
        <Title order={3} mt="xs">
          {t('in_lists')}
        </Title>
        <Row keys={['/']} label="shortcut_filter" />
        <Row keys={['j', 'k']} label="shortcut_rows" />
        <Row keys={['Enter']} label="shortcut_open" />
        <Row keys={['x']} label="shortcut_select" />
      </Stack>
    </Modal>
  )
}

function Row({ keys, label }: { keys: string[]; label: ShellKey }) {
  const t = useShellText()
  return (
    <Group justify="space-between">
      <Text size="sm">{t(label)}</Text>
      <Group gap={4}>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </Group>
    </Group>
  )
}
