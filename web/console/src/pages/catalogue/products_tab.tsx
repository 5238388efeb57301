import { Anchor, Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useLanguage } from '../../i18n/language'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import type { Column, ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { formatPeriodLength } from '../../ui/format'
import { Package } from '../../ui/icons'
import { Money } from '../../ui/money'
import { useCatalogueText } from './messages'
import { NewButton } from './new_button'
import { PriceDialog } from './price_dialog'
import { PricesDialog } from './prices_dialog'
import { ItemDialog } from './item_dialog'
import { type Product, products, type ProductType } from './products'
import { ServiceDialog } from './service_dialog'

interface Choice {
  product: Product
  what: 'prices' | 'change'
}

export function ProductsTab({ type }: { type: ProductType }) {
  const t = useCatalogueText()
  const [choice, setChoice] = useState<Choice | null>(null)
  const list = useList(type, setChoice)
  const close = () => setChoice(null)
  return (
    <>
      <NewButton
        label={t(`new_${type}`)}
        dialog={(onClose) => (type === 'services' ? <ServiceDialog onClose={onClose} /> : <ItemDialog type={type} onClose={onClose} />)}
      />
      <DataTable list={list} />
      {choice?.what === 'prices' && <PricesDialog type={type} product={choice.product} onClose={close} />}
      {choice?.what === 'change' && <PriceDialog type={type} product={choice.product} onClose={close} />}
    </>
  )
}

function useList(type: ProductType, choose: (choice: Choice) => void): ListOf<Product> {
  const t = useCatalogueText()
  const { locale } = useLanguage()
  const isOwner = useMay('owner')
  return useMemo(() => {
    const service_columns: Column<Product>[] = [
      { id: 'kind', header: t('kind'), wideOnly: true, cell: (p) => ('kind' in p ? p.kind : null), text: (p) => ('kind' in p ? p.kind : '') },
      { id: 'period', header: t('period'), wideOnly: true, cell: (p) => ('period' in p ? formatPeriodLength(p.period, locale) : null), text: (p) => ('period' in p ? p.period : '') },
      { id: 'timing', header: t('timing'), wideOnly: true, cell: (p) => ('timing' in p ? t(p.timing) : null), text: (p) => ('timing' in p ? p.timing : '') },
      {
        id: 'setup_fee', header: t('setup_fee'), numeric: true, wideOnly: true,
        cell: (p) => ('setup_fee' in p ? <Money value={p.setup_fee} /> : null), text: (p) => ('setup_fee' in p ? p.setup_fee.amount : ''),
      },
    ]
    const item_columns: Column<Product>[] = [
      { id: 'mode', header: t('mode'), wideOnly: true, cell: (p) => ('mode' in p ? t(p.mode) : null), text: (p) => ('mode' in p ? p.mode : '') },
      { id: 'installments', header: t('parts'), numeric: true, wideOnly: true, cell: (p) => ('installments' in p ? p.installments : null), text: (p) => ('installments' in p ? `${p.installments ?? ''}` : '') },
    ]
    return {
      name: `catalogue-${type}`,
      label: t(type),
      columns: [
        { id: 'name', header: t('name'), cell: (p) => p.name, text: (p) => p.name },
        { id: 'code', header: t('code'), cell: (p) => p.code, text: (p) => p.code },
        ...(type === 'services' ? service_columns : item_columns),
        { id: 'taxes', header: t('tax_codes'), wideOnly: true, cell: (p) => p.taxes.join(', '), text: (p) => p.taxes.join(' ') },
        { id: 'price', header: t('price'), numeric: true, cell: (p) => <Money value={p.price} />, text: (p) => p.price.amount },
        {
          id: 'versions', header: t('versions'), numeric: true, wideOnly: true, text: (p) => `${p.price_versions}`,
          cell: (p) => (
            <Anchor component="button" type="button" fz="sm" aria-label={`${p.price_versions}: ${t('prices_of', { code: p.code })}`} onClick={() => choose({ product: p, what: 'prices' })}>
              {p.price_versions}
            </Anchor>
          ),
        },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (p) =>
            isOwner && (
              <Button size="compact-sm" variant="default" onClick={() => choose({ product: p, what: 'change' })}>
                {t('change_price')}
              </Button>
            ),
        },
      ],
      load: products[type].list,
      rowKey: (p) => p.code,
      empty: <Empty icon={Package} title={t(`none_${type}`)} hint={t(`none_${type}_hint`)} />,
    }
  }, [t, locale, type, isOwner, choose])
}
