import { ActionIcon, Divider, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import type { Schema } from '../../api/types'
import { BillingFields } from '../../parts/billing_fields'
import { PaymentFields } from '../../parts/payment_fields'
import { useCurrency } from '../../session/operator'
import { ChevronDown, ChevronUp, Trash2 } from '../../ui/icons'
import { usePolicyText } from './messages'
import { useSaid } from './said'

type Policy = Schema<'Policy'>

interface Props {
  number: number
  policy: Policy
  isLast: boolean
  isOpen: boolean
  mayEdit: boolean
  change: (next: Policy) => void
  remove: () => void
  move: (by: -1 | 1) => void
}

const conditions = ['region', 'pop', 'category'] as const

export function PolicyCard({ number, policy, isLast, isOpen, mayEdit, change, remove, move }: Props) {
  const t = usePolicyText()
  const currency = useCurrency()
  const said = useSaid(policy)
  const whom = conditions.map((name) => policy.when[name]).filter(Boolean).join(', ') || t('everybody')
  return (
    <Paper p="md" component="section" aria-label={t('number', { number })}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Title order={2}>{t('number', { number })}</Title>
          <Text size="sm" c="dimmed">
            {t('matches')}: {whom}
          </Text>
        </div>
        {mayEdit && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="default" aria-label={t('up', { number })} disabled={number === 1} onClick={() => move(-1)}>
              <ChevronUp size={16} />
            </ActionIcon>
            <ActionIcon variant="default" aria-label={t('down', { number })} disabled={isLast} onClick={() => move(1)}>
              <ChevronDown size={16} />
            </ActionIcon>
            <ActionIcon variant="default" aria-label={t('remove', { number })} onClick={remove}>
              <Trash2 size={16} />
            </ActionIcon>
          </Group>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" mt="sm">
        {conditions.map((name) => (
          <TextInput
            key={name}
            label={t(name)}
            placeholder={t('any')}
            value={policy.when[name] ?? ''}
            onChange={(event) => change({ ...policy, when: { ...policy.when, [name]: event.currentTarget.value } })}
          />
        ))}
      </SimpleGrid>
      <details open={isOpen || undefined} style={{ marginTop: '0.75rem' }}>
        <summary style={{ cursor: 'pointer' }}>
          <Text span size="sm" fw={600}>
            {t('billing')} · {t('payment')}
          </Text>
          <Text size="sm" c="dimmed">
            {said.join(' · ') || t('says_nothing')}
          </Text>
        </summary>
        <Stack gap="sm" mt="sm">
          <BillingFields value={policy.billing} onChange={(billing) => change({ ...policy, billing })} />
          <Divider label={t('payment')} labelPosition="left" />
          <PaymentFields value={policy.payment ?? {}} currency={currency} onChange={(payment) => change({ ...policy, payment })} />
        </Stack>
      </details>
    </Paper>
  )
}
