import { Paper, Stack, Text, Title } from '@mantine/core'
import { useAddOns, useCpes, useServices } from '../../catalogue/queries'
import { Money } from '../../ui/money'
import type { Schema } from '../../api/types'
import { buyerName, type Draft, type Sold } from './draft'
import { useSellText } from './messages'

// What is sold so far, beside every step.
export function Summary({ draft }: { draft: Draft }) {
  const t = useSellText()
  const service = useServices().data?.items.find(({ code }) => code === draft.service)
  const addOns = useAddOns().data?.items ?? []
  const cpes = useCpes().data?.items ?? []
  const place = draft.place === 'fresh' ? draft.unitName : draft.place === 'existing' ? draft.unit : ''
  return (
    <Paper p="lg" w={{ base: '100%', lg: 300 }} component="aside" aria-label={t('summary')}>
      <Stack gap={6}>
        <Title order={2}>{t('summary')}</Title>
        <Text size="sm" fw={500}>
          {buyerName(draft) || '–'}
        </Text>
        {place && (
          <Text size="sm" c="dimmed">
            {place}
          </Text>
        )}
        {service && <Row name={service.name} price={service.price} />}
        {draft.addOns.map((sold, i) => (
          <SoldRow key={i} sold={sold} products={addOns} />
        ))}
        {draft.cpes.map((sold, i) => (
          <SoldRow key={i} sold={sold} products={cpes} />
        ))}
      </Stack>
    </Paper>
  )
}

function SoldRow({ sold, products }: { sold: Sold; products: { code: string; name: string; price: Schema<'Price'> }[] }) {
  const product = products.find(({ code }) => code === sold.code)
  return <Row name={`${product?.name ?? sold.code}${sold.quantity > 1 ? ` × ${sold.quantity}` : ''}`} price={product?.price} />
}

function Row({ name, price }: { name: string; price: Schema<'Price'> | undefined }) {
  return (
    <Text size="sm" component="div" style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
      <span>{name}</span>
      <Money value={price} />
    </Text>
  )
}
