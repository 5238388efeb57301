import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useForget } from '../../parts/command_dialog'
import { useMay } from '../../session/session'
import { Conflict } from '../../ui/conflict'
import { useEditing } from '../../ui/editing'
import { Empty } from '../../ui/empty'
import { Eye, Plus, ShieldCheck } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { EffectDialog } from './effect_dialog'
import { usePolicyText } from './messages'
import { PolicyCard } from './policy_card'

type Policy = Schema<'Policy'>

interface Props {
  saved: Policy[]
  etag: string
  reload: () => Promise<unknown>
}

interface Kept {
  key: number
  policy: Policy
}

export function PoliciesEditor({ saved, etag, reload }: Props) {
  const t = usePolicyText()
  const isOwner = useMay('owner')
  const forget = useForget()
  const [rows, setRows] = useState<Kept[]>(() => saved.map((policy, key) => ({ key, policy })))
  const [added, setAdded] = useState(saved.length)
  const [isLooking, setLooking] = useState(false)
  const isChanged = JSON.stringify(rows.map(({ policy }) => policy)) !== JSON.stringify(saved)
  const { submit, isSaving, problem, inConflict, keepMine, takeTheirs } = useEditing<Policy[]>({
    etag,
    reload,
    onSaved: () => {
      toast(t('saved'))
      void forget()
    },
    save: (items, tag) => answered(api.PUT('/api/v1/policies', { params: { ...(tag ? { header: { 'If-Match': tag } } : {}) }, body: { items } })),
  })
  const save = () => submit(rows.map(({ policy }) => policy))
  const add = () => {
    setRows([...rows, { key: added, policy: { when: {}, billing: {} } }])
    setAdded(added + 1)
  }
  const move = (from: number, to: number) => {
    const moved = rows.filter((_, i) => i !== from)
    const row = rows[from]
    if (row) setRows([...moved.slice(0, to), row, ...moved.slice(to)])
  }
  return (
    <Stack gap="md">
      {rows.length === 0 && <Empty icon={ShieldCheck} title={t('none')} hint={t('none_hint')} />}
      {rows.map(({ key, policy }, i) => (
        <PolicyCard
          key={key}
          number={i + 1}
          policy={policy}
          isLast={i === rows.length - 1}
          isOpen={key >= saved.length}
          mayEdit={isOwner}
          change={(next) => setRows(rows.map((row) => (row.key === key ? { key, policy: next } : row)))}
          remove={() => setRows(rows.filter((row) => row.key !== key))}
          move={(by) => move(i, i + by)}
        />
      ))}
      {isLooking && (
        <EffectDialog
          policies={rows.map(({ policy }) => policy)}
          onClose={() => setLooking(false)}
          onSave={() => {
            setLooking(false)
            void save()
          }}
        />
      )}
      {inConflict && <Conflict keepMine={keepMine} takeTheirs={() => void takeTheirs()} />}
      {problem && <ProblemAlert problem={problem} />}
      {isOwner ? (
        <Group>
          <Button variant="default" leftSection={<Plus size={16} />} onClick={add}>
            {t('add')}
          </Button>
          <Button variant="default" leftSection={<Eye size={16} />} disabled={!isChanged} onClick={() => setLooking(true)}>
            {t('look')}
          </Button>
          <Button loading={isSaving} disabled={!isChanged} onClick={save}>
            {t('save')}
          </Button>
          {isChanged && (
            <Badge variant="light" color="yellow" tt="none">
              {t('changed')}
            </Badge>
          )}
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t('only_owner')}
        </Text>
      )}
    </Stack>
  )
}
