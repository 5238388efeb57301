import { NumberInput, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import { useToday } from '../../session/operator'
import { DateField } from '../../ui/fields'
import { useSellText } from './messages'
import type { DraftForm } from './steps'

export function BillingStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  const today = useToday()
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('billing_about')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('model')}
          allowDeselect={false}
          data={[
            { value: '', label: t('model_default') },
            { value: 'cycle', label: t('model_cycle') },
            { value: 'pro_rata', label: t('model_pro_rata') },
          ]}
          {...form.getInputProps('model')}
        />
        {form.values.model === 'pro_rata' && (
          <NumberInput label={t('cycle_day')} min={1} max={31} allowDecimal={false} {...form.getInputProps('cycleDay')} />
        )}
        <Select
          label={t('first_charge')}
          allowDeselect={false}
          data={[
            { value: '', label: t('first_default') },
            { value: 'partial', label: t('first_partial') },
            { value: 'partial_plus_full', label: t('first_partial_plus_full') },
            { value: 'full', label: t('first_full') },
          ]}
          {...form.getInputProps('firstCharge')}
        />
        <DateField label={t('date')} description={t('date_hint')} max={today} inputWrapperOrder={['label', 'input', 'description', 'error']} {...form.getInputProps('date')} />
      </SimpleGrid>
      <Switch label={t('activate')} description={t('activate_hint')} {...form.getInputProps('activate', { type: 'checkbox' })} />
    </Stack>
  )
}
