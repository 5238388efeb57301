import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import { useLanguage } from '../../i18n/language'
import { formatCount, formatDate } from '../../ui/format'
import { Tags } from '../../ui/icons'
import { Money } from '../../ui/money'
import { useCatalogueText } from './messages'
import { type ProductType, usePrices } from './products'

const listOf = (price: string) => `/sub-services?price=${encodeURIComponent(price)}`

// How many are on a price version, and which.
export function OnThisPrice({ price, count }: { price: string; count: number }) {
  const t = useCatalogueText()
  const { locale } = useLanguage()
  if (count === 0) return <Text span c="dimmed">0</Text>
  return (
    <Anchor component={Link} to={listOf(price)} fz="sm" aria-label={t('on_price', { count })}>
      {formatCount(count, locale)}
    </Anchor>
  )
}

// What another price does not change: those who hold the product go on at the price that they have.
export function KeepTheirPrice({ type, code }: { type: ProductType; code: string }) {
  const t = useCatalogueText()
  const { locale } = useLanguage()
  const { data } = usePrices(type, code)
  if (!data) return null
  const held = data.items.filter(({ sub_services }) => sub_services > 0)
  return (
    <Alert role="note" icon={<Tags size={18} />}>
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {t(held.length === 0 ? 'nobody_keeps' : 'keep_title')}
        </Text>
        {held.map(({ id, version, valid_from, price, sub_services }) => (
          <Text key={id} size="sm">
            <Anchor component={Link} to={listOf(id)} fz="sm">
              {t('on_price', { count: sub_services })}
            </Anchor>{' '}
            {t('at_version', { version, date: formatDate(valid_from, locale) })} <Money value={price} />
          </Text>
        ))}
        {held.length > 0 && <Text size="sm">{t('move_hint')}</Text>}
      </Stack>
    </Alert>
  )
}
