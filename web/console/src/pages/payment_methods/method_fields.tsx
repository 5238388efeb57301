import { Checkbox, Fieldset, Group, NumberInput, PasswordInput, SimpleGrid, TagsInput, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { AmountField } from '../../ui/fields'
import { useMethodText } from './messages'
import type { Gateway } from './requests'
import type { MethodValues } from './values'

interface Props {
  form: UseFormReturnType<MethodValues>
  gateway: Gateway | undefined
  currency: string
  isNew: boolean
}

export function MethodFields({ form, gateway, currency, isNew }: Props) {
  const t = useMethodText()
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label={t('name')} description={t('name_hint')} required {...form.getInputProps('name')} />
        <NumberInput label={t('position')} description={t('position_hint')} min={0} max={1000} allowDecimal={false} {...form.getInputProps('position')} />
      </SimpleGrid>
      <Group>
        <Checkbox label={t('enabled_label')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
        <Checkbox label={t('test_mode')} {...form.getInputProps('test_mode', { type: 'checkbox' })} />
      </Group>
      <GatewayFields form={form} gateway={gateway} isNew={isNew} />
      <Fieldset legend={t('limits')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <AmountField label={t('minimum')} description={t('no_limit')} currency={currency} {...form.getInputProps('minimum')} />
          <AmountField label={t('maximum')} description={t('no_limit')} currency={currency} {...form.getInputProps('maximum')} />
          <TextInput label={t('commission_percent')} inputMode="decimal" rightSection="%" {...form.getInputProps('percent')} />
          <AmountField label={t('commission_fixed')} currency={currency} {...form.getInputProps('fixed')} />
        </SimpleGrid>
        <Checkbox mt="sm" label={t('on_top')} {...form.getInputProps('on_top', { type: 'checkbox' })} />
      </Fieldset>
      <Fieldset legend={t('who')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <TagsInput label={t('countries')} description={t('all_hint')} {...form.getInputProps('countries')} />
          <TagsInput label={t('categories')} description={t('all_hint')} {...form.getInputProps('categories')} />
          <TagsInput label={t('currencies')} description={t('all_hint')} {...form.getInputProps('currencies')} />
        </SimpleGrid>
      </Fieldset>
    </>
  )
}

// The fields that the gateway itself says it needs.
function GatewayFields({ form, gateway, isNew }: Omit<Props, 'currency'>) {
  const t = useMethodText()
  if (!gateway) return null
  return (
    <Fieldset legend={t('settings')}>
      {gateway.settings.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('no_settings')}
        </Text>
      )}
      <SimpleGrid cols={1} spacing="sm">
        {gateway.settings.map(({ name, label, hint, required, secret }) => {
          const Field = secret ? PasswordInput : TextInput
          const note = secret ? t(isNew ? 'secret_hint' : 'secret_kept') : ''
          return (
            <Field key={name} label={label} description={[hint, note].filter(Boolean).join(' · ')} required={required && isNew} autoComplete="off" {...form.getInputProps(`settings.${name}`)} />
          )
        })}
      </SimpleGrid>
    </Fieldset>
  )
}
