import { Checkbox, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, moneyOf, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useCurrency } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { parseAmount } from '../../ui/format'
import { useCatalogueText } from './messages'

const initial = {
  code: '', name: '', percent: '', fixed: '', type: '' as Schema<'ItemType'> | '', product: '', kind: '', charges: 'recurring' as Schema<'DiscountedCharges'>, region: '', pop: '', category: '',
  starts_on: '', ends_on: '', periods: '' as number | '', priority: 0, combines: 'best_of' as Schema<'DiscountCombines'>, automatic: false,
}
type Values = typeof initial

const types: (Schema<'ItemType'> | '')[] = ['', 'service', 'add_on', 'cpe']
const charges: Schema<'DiscountedCharges'>[] = ['recurring', 'one_time', 'all']
const combines: Schema<'DiscountCombines'>[] = ['best_of', 'stacks']

function bodyOf(values: Values, currency: string): Schema<'DiscountNew'> {
  return {
    code: values.code.trim(), charges: values.charges, combines: values.combines, automatic: values.automatic, priority: values.priority,
    ...optionalText('name', values.name),
    ...(values.percent.trim() ? { percent: parseAmount(values.percent) ?? values.percent } : { fixed: moneyOf(values.fixed, currency) }),
    applies_to: { ...(values.type ? { type: values.type } : {}), ...optionalText('product', values.product), ...optionalText('kind', values.kind) },
    when: { ...optionalText('region', values.region), ...optionalText('pop', values.pop), ...optionalText('category', values.category) },
    ...optionalText('starts_on', values.starts_on), ...optionalText('ends_on', values.ends_on),
    ...(values.periods === '' ? {} : { periods: values.periods }),
  }
}

export function DiscountDialog({ onClose }: { onClose: () => void }) {
  const t = useCatalogueText()
  const currency = useCurrency()
  const check = ({ code, percent, fixed }: Values) => ({
    ...(code.trim() ? {} : { code: t('code_missing') }),
    ...((percent.trim() === '') === (fixed.trim() === '') ? { percent: t('one_of') } : {}),
    ...(percent.trim() && parseAmount(percent) === null ? { percent: t('rate_wrong') } : {}),
    ...(fixed.trim() && !isAmount(fixed) ? { fixed: t('amount_wrong') } : {}),
  })
  return (
    <CommandDialog
      done={t('created')}
      onClose={onClose}
      action={{
        title: t('new_discounts'),
        about: t('none_discounts_hint'),
        confirm: t('create'),
        initial,
        validate: check,
        fields: (form) => (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t('code')} required data-autofocus {...form.getInputProps('code')} />
              <TextInput label={t('name')} placeholder={form.values.code} {...form.getInputProps('name')} />
              <TextInput label={t('percent')} inputMode="decimal" rightSection="%" {...form.getInputProps('percent')} />
              <AmountField label={t('fixed')} currency={currency} {...form.getInputProps('fixed')} />
              <Select label={t('applies_type')} allowDeselect={false} data={types.map((value) => ({ value, label: value ? t(value) : t('any_item') }))} {...form.getInputProps('type')} />
              <TextInput label={t('product')} {...form.getInputProps('product')} />
              <TextInput label={t('kind')} {...form.getInputProps('kind')} />
              <Select label={t('charges')} allowDeselect={false} data={charges.map((value) => ({ value, label: t(value) }))} {...form.getInputProps('charges')} />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
              <TextInput label={t('region')} {...form.getInputProps('region')} />
              <TextInput label={t('pop')} {...form.getInputProps('pop')} />
              <TextInput label={t('category')} {...form.getInputProps('category')} />
              <DateField label={t('starts_on')} {...form.getInputProps('starts_on')} />
              <DateField label={t('ends_on')} {...form.getInputProps('ends_on')} />
              <NumberInput label={t('periods')} min={1} max={1200} allowDecimal={false} {...form.getInputProps('periods')} />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Select label={t('combines')} description={'\u00a0'} allowDeselect={false} data={combines.map((value) => ({ value, label: t(value) }))} {...form.getInputProps('combines')} />
              <NumberInput label={t('priority')} description={t('priority_hint')} min={0} max={1000} allowDecimal={false} {...form.getInputProps('priority')} />
            </SimpleGrid>
            <Checkbox label={t('automatic')} {...form.getInputProps('automatic', { type: 'checkbox' })} />
          </>
        ),
        send: (values) => answered(api.POST('/api/v1/discounts', { body: bodyOf(values, currency) })),
      }}
    />
  )
}
