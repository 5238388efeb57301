import { ActionIcon, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import type { Schema } from '../../api/types'
import { useAddOns, useCpes } from '../../catalogue/queries'
import { useLanguage } from '../../i18n/language'
import { formatMoney } from '../../ui/format'
import { Trash2 } from '../../ui/icons'
import { useSellText } from './messages'
import type { DraftForm } from './steps'

type Product = Schema<'AddOn'> | Schema<'Cpe'>

export function AddOnsStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  return <Products form={form} field="addOns" products={useAddOns().data?.items ?? []} about={t('add_ons_about')} label={t('add_ons')} />
}

export function CpesStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  return <Products form={form} field="cpes" products={useCpes().data?.items ?? []} about={t('cpes_about')} label={t('cpes')} />
}

interface Props {
  form: DraftForm
  field: 'addOns' | 'cpes'
  products: Product[]
  about: string
  label: string
}

function Products({ form, field, products, about, label }: Props) {
  const t = useSellText()
  const { locale } = useLanguage()
  const modes = (product: Product) =>
    product.mode === 'recurring' ? t('each') : product.mode === 'once' ? t('once') : t('installments', { count: product.installments ?? 0 })
  const add = (code: string | null) => code && form.insertListItem(field, { code, quantity: 1, serial: '' })
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      {form.values[field].map((sold, i) => {
        const name = products.find(({ code }) => code === sold.code)?.name ?? sold.code
        return (
          <Group key={i} align="flex-end" wrap="nowrap" gap="xs">
            <Text size="sm" fw={500} flex={1} pb={8}>
              {name}
            </Text>
            {field === 'cpes' && <TextInput label={t('serial')} title={t('serial_hint')} w={180} {...form.getInputProps(`cpes.${i}.serial`)} />}
            <NumberInput label={t('quantity')} min={1} max={1_000_000} allowDecimal={false} w={90} {...form.getInputProps(`${field}.${i}.quantity`)} />
            <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('remove', { name })} onClick={() => form.removeListItem(field, i)}>
              <Trash2 size={16} />
            </ActionIcon>
          </Group>
        )
      })}
      <Select
        label={`${t('add')}: ${label}`}
        placeholder={products.length === 0 ? t('none_offered') : ''}
        disabled={products.length === 0}
        data={products.map((product) => ({ value: product.code, label: `${product.name} – ${formatMoney(product.price, locale)} ${modes(product)}` }))}
        value={null}
        onChange={add}
        searchable
        maw={420}
      />
    </Stack>
  )
}
