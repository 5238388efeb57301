import { Checkbox, MultiSelect, Select, SimpleGrid, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import { isAmount, moneyOf, optionalMoney, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useCurrency } from '../../session/operator'
import { AmountField } from '../../ui/fields'
import { useCatalogueText } from './messages'
import { useTaxCodes } from './products'

type Timing = 'advance' | 'arrears'

export function ServiceDialog({ onClose }: { onClose: () => void }) {
  const t = useCatalogueText()
  const currency = useCurrency()
  const taxes = useTaxCodes()
  const timings: Timing[] = ['advance', 'arrears']
  return (
    <CommandDialog
      done={t('created')}
      onClose={onClose}
      action={{
        title: t('new_services'),
        about: t('none_services_hint'),
        confirm: t('create'),
        initial: { code: '', name: '', kind: '', price: '', period: '1 month', timing: 'advance' as Timing, setup_fee: '', taxes: [] as string[], projected: true },
        validate: ({ code, price, setup_fee, period }) => ({
          ...(code.trim() ? {} : { code: t('code_missing') }),
          ...(isAmount(price) ? {} : { price: t('amount_wrong') }),
          ...(setup_fee === '' || isAmount(setup_fee) ? {} : { setup_fee: t('amount_wrong') }),
          ...(period.trim() ? {} : { period: t('period_missing') }),
        }),
        fields: (form) => (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t('code')} required data-autofocus {...form.getInputProps('code')} />
              <TextInput label={t('name')} placeholder={form.values.code} {...form.getInputProps('name')} />
              <AmountField label={t('price')} currency={currency} required {...form.getInputProps('price')} />
              <TextInput label={t('period')} required {...form.getInputProps('period')} />
              <AmountField label={t('setup_fee')} currency={currency} {...form.getInputProps('setup_fee')} />
              <Select label={t('timing')} allowDeselect={false} data={timings.map((value) => ({ value, label: t(value) }))} {...form.getInputProps('timing')} />
              <TextInput label={t('kind')} {...form.getInputProps('kind')} />
              <MultiSelect label={t('tax_codes')} data={taxes} {...form.getInputProps('taxes')} />
            </SimpleGrid>
            <Checkbox label={t('projected')} {...form.getInputProps('projected', { type: 'checkbox' })} />
          </>
        ),
        send: ({ code, name, kind, price, period, timing, setup_fee, taxes: chosen, projected }) =>
          answered(
            api.POST('/api/v1/services', {
              body: {
                code: code.trim(), price: moneyOf(price, currency), period: period.trim(), timing, taxes: chosen, projected,
                ...optionalText('name', name), ...optionalText('kind', kind), ...optionalMoney('setup_fee', setup_fee, currency),
              },
            }),
          ),
      }}
    />
  )
}
