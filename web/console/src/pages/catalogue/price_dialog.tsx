import { Group, Stack } from '@mantine/core'
import { isAmount, moneyOf } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useToday } from '../../session/operator'
import { AmountField, DateField } from '../../ui/fields'
import { useCatalogueText } from './messages'
import { KeepTheirPrice } from './price_use'
import { type Product, products, type ProductType } from './products'

export function PriceDialog({ type, product, onClose }: { type: ProductType; product: Product; onClose: () => void }) {
  const t = useCatalogueText()
  const today = useToday()
  const { currency } = product.price
  return (
    <CommandDialog
      done={t('changed')}
      onClose={onClose}
      action={{
        title: `${t('change_price')}: ${product.name}`,
        about: t('change_about', { code: product.code }),
        confirm: t('change_price'),
        initial: { price: product.price.amount, valid_from: today },
        validate: ({ price }) => (isAmount(price) ? {} : { price: t('amount_wrong') }),
        fields: (form) => (
          <Stack gap="sm">
            <Group grow align="flex-start">
              <AmountField label={t('price')} description={`${t('now')}: ${product.price.amount}`} currency={currency} required data-autofocus {...form.getInputProps('price')} />
              <DateField label={t('valid_from')} description={t('valid_from_hint')} required {...form.getInputProps('valid_from')} />
            </Group>
            <KeepTheirPrice type={type} code={product.code} />
          </Stack>
        ),
        send: ({ price, valid_from }) => products[type].changePrice(product.code, { price: moneyOf(price, currency), valid_from }),
      }}
    />
  )
}
