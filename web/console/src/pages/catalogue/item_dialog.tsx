import { Checkbox, MultiSelect, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { isAmount, moneyOf, optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useCurrency } from '../../session/operator'
import { AmountField } from '../../ui/fields'
import { useCatalogueText } from './messages'
import { type ProductType, useTaxCodes } from './products'

type Mode = Schema<'Mode'>

export function ItemDialog({ type, onClose }: { type: Exclude<ProductType, 'services'>; onClose: () => void }) {
  const t = useCatalogueText()
  const currency = useCurrency()
  const taxes = useTaxCodes()
  const modes: Mode[] = ['recurring', 'once', 'installments']
  return (
    <CommandDialog
      done={t('created')}
      onClose={onClose}
      action={{
        title: t(`new_${type}`),
        about: t(`none_${type}_hint`),
        confirm: t('create'),
        initial: { code: '', name: '', mode: 'recurring' as Mode, price: '', installments: '' as number | '', taxes: [] as string[], projected: true },
        validate: ({ code, price, mode, installments }) => ({
          ...(code.trim() ? {} : { code: t('code_missing') }),
          ...(isAmount(price) ? {} : { price: t('amount_wrong') }),
          ...(mode === 'installments' && installments === '' ? { installments: t('parts_missing') } : {}),
        }),
        fields: (form) => (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t('code')} required data-autofocus {...form.getInputProps('code')} />
              <TextInput label={t('name')} placeholder={form.values.code} {...form.getInputProps('name')} />
              <AmountField label={t('price')} currency={currency} required {...form.getInputProps('price')} />
              <Select label={t('mode')} allowDeselect={false} data={modes.map((value) => ({ value, label: t(value) }))} {...form.getInputProps('mode')} />
              {form.values.mode === 'installments' && (
                <NumberInput label={t('parts')} required min={1} max={1200} allowDecimal={false} {...form.getInputProps('installments')} />
              )}
              <MultiSelect label={t('tax_codes')} data={taxes} {...form.getInputProps('taxes')} />
            </SimpleGrid>
            <Checkbox label={t('projected')} {...form.getInputProps('projected', { type: 'checkbox' })} />
          </>
        ),
        send: ({ code, name, mode, price, installments, taxes: chosen, projected }) => {
          const body = {
            code: code.trim(), mode, price: moneyOf(price, currency), taxes: chosen, projected, ...optionalText('name', name),
            ...(mode === 'installments' && installments !== '' ? { installments } : {}),
          }
          return type === 'add_ons' ? answered(api.POST('/api/v1/add-ons', { body })) : answered(api.POST('/api/v1/cpes', { body }))
        },
      }}
    />
  )
}
