import { Button, Group, Paper, Select, SimpleGrid, Stack, TagsInput, Text, TextInput, NumberInput, Title } from '@mantine/core'
import { useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { BillingFields } from '../../parts/billing_fields'
import { useForget } from '../../parts/command_dialog'
import { Facts } from '../../parts/facts'
import { PaymentFields } from '../../parts/payment_fields'
import { useSettingsText } from '../../parts/settings_messages'
import { useMay } from '../../session/session'
import { Conflict } from '../../ui/conflict'
import { DateText } from '../../ui/dates'
import { useEditing } from '../../ui/editing'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { FeeFields } from './fee_fields'
import { LadderFields } from './ladder_fields'
import { useSettingsPageText } from './messages'

type Operator = Schema<'Operator'>
type Change = Schema<'OperatorChange'>

interface Props {
  operator: Operator
  etag: string
  reload: () => Promise<unknown>
}

export function OperatorEditor({ operator, etag, reload }: Props) {
  const t = useSettingsPageText()
  const s = useSettingsText()
  const isOwner = useMay('owner')
  const forget = useForget()
  // Only what somebody changed is sent.
  const [change, setChange] = useState<Change>({})
  const set = (more: Change) => setChange({ ...change, ...more })
  const { submit, isSaving, problem, inConflict, keepMine, takeTheirs } = useEditing<Change>({
    etag,
    reload,
    onSaved: () => {
      toast(t('saved'))
      void forget()
    },
    save: (body, tag) =>
      answered(api.PATCH('/api/v1/operators/{operator}', { params: { path: { operator: operator.code }, ...(tag ? { header: { 'If-Match': tag } } : {}) }, body })),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit(change)
      }}
    >
      <Stack gap="md">
        <Facts
          of={[
            [t('code'), operator.code],
            [t('currency'), operator.currency],
            [t('time_zone'), operator.time_zone],
            [t('billed_through'), <DateText key="through" value={operator.billed_through} />],
          ]}
        />
        <Paper p="md">
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
            <TextInput label={t('name')} required defaultValue={operator.name} onChange={(event) => set({ name: event.currentTarget.value })} />
            <Select
              label={t('rounding')}
              allowDeselect={false}
              defaultValue={operator.rounding}
              data={(['half_up', 'half_even'] as const).map((value) => ({ value, label: t(value) }))}
              onChange={(rounding) => set({ rounding: rounding === 'half_even' ? 'half_even' : 'half_up' })}
            />
            <NumberInput label={t('due_days')} min={0} max={365} allowDecimal={false} defaultValue={operator.due_days} onChange={(due_days) => typeof due_days === 'number' && set({ due_days })} />
            <TextInput label={t('invoice_number')} description={t('number_hint')} defaultValue={operator.invoice_number} onChange={(event) => set({ invoice_number: event.currentTarget.value })} />
            <TextInput label={t('credit_note_number')} description={t('number_hint')} defaultValue={operator.credit_note_number} onChange={(event) => set({ credit_note_number: event.currentTarget.value })} />
          </SimpleGrid>
        </Paper>
        <Part title={s('billing')}>
          <BillingFields value={change.billing ?? operator.billing} onChange={(billing) => set({ billing })} />
        </Part>
        <Part title={s('payment')}>
          <PaymentFields value={change.payment ?? operator.payment} currency={operator.currency} onChange={(payment) => set({ payment })} />
        </Part>
        <Part title={t('refund_fee')}>
          <FeeFields value={operator.refund_fee} currency={operator.currency} onChange={(refund_fee) => set({ refund_fee })} />
        </Part>
        <Part title={t('ladders')} hint={t('ladders_hint')}>
          <LadderFields value={operator.ladders} onChange={(ladders) => set({ ladders })} />
          <TagsInput mt="md" label={t('holidays')} description={t('holidays_hint')} defaultValue={operator.holidays} onChange={(holidays) => set({ holidays })} />
        </Part>
        {inConflict && <Conflict keepMine={keepMine} takeTheirs={() => void takeTheirs()} />}
        {problem && <ProblemAlert problem={problem} />}
        <Group>
          {isOwner ? (
            <Button type="submit" loading={isSaving} disabled={Object.keys(change).length === 0}>
              {t('save')}
            </Button>
          ) : (
            <Text size="sm" c="dimmed">
              {t('only_owner')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}

function Part({ title, hint, children }: { title: string; hint?: string; children: React.ReactNode }) {
  return (
    <Paper p="md">
      <Title order={2} mb={hint ? 4 : 'sm'}>
        {title}
      </Title>
      {hint && (
        <Text size="sm" c="dimmed" mb="sm">
          {hint}
        </Text>
      )}
      {children}
    </Paper>
  )
}
