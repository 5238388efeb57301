import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '../../session/session'
import { Bookmark, Columns3, Download, Trash2 } from '../icons'
import { toast } from '../toast'
import { csvOf, readAll, save } from './csv'
import type { ListState } from './list_state'
import { useTableText } from './messages'
import type { ListOf } from './types'
import { keepViews, readViews, withView } from './views'

interface Props<Row> {
  list: ListOf<Row>
  state: ListState
  hidden: string[]
  setHidden: (hidden: string[]) => void
}

export function Tools<Row>(props: Props<Row>) {
  return (
    <Group gap={4} wrap="nowrap">
      <Views {...props} />
      <ColumnChoice {...props} />
      <Export {...props} />
    </Group>
  )
}

function ColumnChoice<Row>({ list, hidden, setHidden }: Props<Row>) {
  const t = useTableText()
  return (
    <Popover position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Tooltip label={t('columns')}>
          <ActionIcon variant="default" size={34} aria-label={t('columns')}>
            <Columns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {list.columns.map(({ id, header }) => (
            <Checkbox
              key={id}
              size="sm"
              label={header}
              checked={!hidden.includes(id)}
              onChange={(event) => setHidden(event.currentTarget.checked ? hidden.filter((one) => one !== id) : [...hidden, id])}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Export<Row>({ list, state, hidden }: Props<Row>) {
  const t = useTableText()
  const { operator } = useSession()
  const [count, setCount] = useState(0)
  const exporting = useMutation({
    mutationFn: async () => {
      setCount(0)
      const rows = await readAll(list, state.asked, setCount)
      const columns = list.columns.filter(({ id }) => !hidden.includes(id))
      save(`${operator?.code ?? 'sluice'}-${list.name}.csv`, csvOf(columns, rows))
      return rows.length
    },
    onSuccess: (rows) => toast(t('exported', { count: rows })),
  })
  const label = exporting.isPending ? t('exporting', { count }) : t('csv')
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={34} aria-label={label} loading={exporting.isPending} onClick={() => exporting.mutate()}>
        <Download size={16} />
      </ActionIcon>
    </Tooltip>
  )
}

function Views<Row>({ list, state, hidden, setHidden }: Props<Row>) {
  const t = useTableText()
  const [views, setViews] = useState(() => readViews(list.name))
  const [name, setName] = useState('')
  const keep = (next: typeof views) => {
    keepViews(list.name, next)
    setViews(next)
  }
  const saveView = (event: React.FormEvent) => {
    event.preventDefault()
    keep(withView(views, { name: name.trim(), address: state.address, hidden }))
    setName('')
  }
  return (
    <Popover position="bottom-end" withArrow trapFocus width={280}>
      <Popover.Target>
        <Tooltip label={t('views')}>
          <ActionIcon variant="default" size={34} aria-label={t('views')}>
            <Bookmark size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {views.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('no_views')}
            </Text>
          )}
          {views.map((view) => (
            <Group key={view.name} justify="space-between" wrap="nowrap" gap={4}>
              <Button
                variant="subtle"
                size="compact-sm"
                justify="flex-start"
                flex={1}
                onClick={() => {
                  setHidden(view.hidden)
                  state.show(view.address)
                }}
              >
                {view.name}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('remove_view', { name: view.name })}
                onClick={() => keep(views.filter((one) => one !== view))}
              >
                <Trash2 size={14} />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={saveView}>
            <Group gap="xs" wrap="nowrap" align="flex-end">
              <TextInput flex={1} label={t('save_view')} placeholder={t('view_name')} required value={name} onChange={(e) => setName(e.currentTarget.value)} />
              <Button type="submit" variant="light">
                {t('save')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
