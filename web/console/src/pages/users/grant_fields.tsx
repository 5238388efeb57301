import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text } from '@mantine/core'
import type { Role } from '../../session/requests'
import { useSession } from '../../session/session'
import { Plus, Trash2 } from '../../ui/icons'
import { useUserText } from './messages'
import type { UserGrant } from './requests'

const roles: Role[] = ['viewer', 'cashier', 'support', 'clerk', 'owner']
// A select has no value for "no operator", which stands for all of them.
const all = '*'

export function GrantFields({ value, onChange }: { value: UserGrant[]; onChange: (grants: UserGrant[]) => void }) {
  const t = useUserText()
  const { operators, ownsPlatform, operator } = useSession()
  const known = operators.map(({ code, name }) => ({ value: code, label: name }))
  const options = ownsPlatform ? [{ value: all, label: t('all') }, ...known] : known
  const set = (i: number, change: Partial<UserGrant>) => onChange(value.map((grant, at) => (at === i ? { ...grant, ...change } : grant)))
  return (
    <Fieldset legend={t('roles')}>
      <Stack gap="xs">
        {value.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('no_grant')}
          </Text>
        )}
        {value.map((grant, i) => (
          <Group key={i} wrap="nowrap" gap="xs">
            <Select
              flex={1}
              aria-label={`${t('operator')} ${i + 1}`}
              allowDeselect={false}
              data={options}
              value={grant.operator ?? all}
              onChange={(chosen) => set(i, { operator: chosen === all ? null : chosen })}
            />
            <Select
              flex={1}
              aria-label={`${t('role')} ${i + 1}`}
              allowDeselect={false}
              data={roles.map((role) => ({ value: role, label: t(`${role}_long`) }))}
              value={grant.role}
              onChange={(chosen) => set(i, { role: roles.find((role) => role === chosen) ?? 'viewer' })}
            />
            <ActionIcon variant="default" size={34} aria-label={t('remove_grant', { number: i + 1 })} onClick={() => onChange(value.filter((_, at) => at !== i))}>
              <Trash2 size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button variant="default" size="xs" leftSection={<Plus size={14} />} onClick={() => onChange([...value, { operator: operator?.code ?? null, role: 'viewer' }])}>
            {t('add_grant')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  )
}
