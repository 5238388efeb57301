import { TabbedPage } from '../../parts/tabbed_page'
import { DiscountsTab } from './discounts_tab'
import { useCatalogueText } from './messages'
import { ProductsTab } from './products_tab'
import { PromoCodesTab } from './promo_codes_tab'
import { TaxesTab } from './taxes_tab'

const Services = () => <ProductsTab type="services" />
const AddOns = () => <ProductsTab type="add_ons" />
const Cpes = () => <ProductsTab type="cpes" />

export default function CataloguePage() {
  const t = useCatalogueText()
  return (
    <TabbedPage
      title={t('title')}
      base="/catalogue"
      tabs={[
        { id: 'services', label: t('services'), Content: Services },
        { id: 'add-ons', label: t('add_ons'), Content: AddOns },
        { id: 'cpes', label: t('cpes'), Content: Cpes },
        { id: 'taxes', label: t('taxes'), Content: TaxesTab },
        { id: 'discounts', label: t('discounts'), Content: DiscountsTab },
        { id: 'promo-codes', label: t('promo_codes'), Content: PromoCodesTab },
      ]}
    />
  )
}
