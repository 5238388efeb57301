import { SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import { codeOf } from './draft'
import { useSellText } from './messages'
import type { DraftForm } from './steps'

function useUnitsOf(subscriber: string) {
  return useQuery({
    queryKey: ['subscriber', subscriber, 'units'],
    queryFn: () =>
      answered(api.GET('/api/v1/subscribers/{subscriber}/units', { params: { path: { subscriber }, query: { limit: 500 } } })),
    enabled: subscriber !== '',
  })
}

export function UnitStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  const { buyer, subscriber, place, unitName, unitCode } = form.values
  const units = useUnitsOf(buyer === 'existing' ? subscriber : '').data?.items ?? []
  const setName = (name: string) => {
    form.setFieldValue('unitName', name)
    if (unitCode === codeOf(unitName)) form.setFieldValue('unitCode', codeOf(name))
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('unit_about')}
      </Text>
      <SegmentedControl
        aria-label={t('unit_choice')}
        data={[
          { value: 'none', label: t('no_unit') },
          ...(units.length > 0 ? [{ value: 'existing', label: t('unit') }] : []),
          { value: 'fresh', label: t('new_unit') },
        ]}
        {...form.getInputProps('place')}
      />
      {place === 'existing' && (
        <Select label={t('unit')} data={units.map(({ code, name }) => ({ value: code, label: name }))} searchable {...form.getInputProps('unit')} />
      )}
      {place === 'fresh' && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t('unit_name')} required {...form.getInputProps('unitName')} onChange={(e) => setName(e.currentTarget.value)} />
          <TextInput label={t('code')} required {...form.getInputProps('unitCode')} />
        </SimpleGrid>
      )}
    </Stack>
  )
}
