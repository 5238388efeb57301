import { Modal, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { DateText } from '../../ui/dates'
import { Money } from '../../ui/money'
import { ProblemAlert } from '../../ui/problem_alert'
import { useCatalogueText } from './messages'
import { OnThisPrice } from './price_use'
import { type Product, type ProductType, usePrices } from './products'

export function PricesDialog({ type, product, onClose }: { type: ProductType; product: Product; onClose: () => void }) {
  const t = useCatalogueText()
  const { data, error } = usePrices(type, product.code)
  const title = t('prices_of', { code: product.code })
  return (
    <Modal opened onClose={onClose} title={<Title order={2}>{title}</Title>} closeButtonProps={{ 'aria-label': t('close') }}>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={120} />}
      {data && (
        <Stack gap="sm">
          <Table aria-label={title} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('version')}</Table.Th>
                <Table.Th>{t('valid_from')}</Table.Th>
                <Table.Th ta="right">{t('price')}</Table.Th>
                <Table.Th ta="right">{t('setup_fee')}</Table.Th>
                <Table.Th ta="right">{t('held_by')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map(({ id, version, valid_from, price, setup_fee, sub_services }) => (
                <Table.Tr key={id}>
                  <Table.Td>{version}</Table.Td>
                  <Table.Td>
                    <DateText value={valid_from} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Money value={price} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Money value={setup_fee} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <OnThisPrice price={id} count={sub_services} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text size="sm" c="dimmed">
            {t('keep_old')}
          </Text>
        </Stack>
      )}
    </Modal>
  )
}
