import { Autocomplete, Checkbox, NumberInput, Paper, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { columnsIn, type MappingValues } from './mapping'
import { useBankText } from './messages'

const date_formats = ['yyyy-mm-dd', 'dd.mm.yyyy', 'dd/mm/yyyy', 'mm/dd/yyyy', 'yyyymmdd']

export function MappingFields({ form, file }: { form: UseFormReturnType<MappingValues>; file: string }) {
  const t = useBankText()
  const columns = columnsIn(file, form.values)
  const column = (name: Exclude<keyof MappingValues, 'skip_rows' | 'has_header'>, label: string, required = false, description?: string) => (
    <Autocomplete label={label} description={description} data={columns} required={required} {...form.getInputProps(name)} />
  )
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Title order={2}>{t('mapping')}</Title>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          <TextInput label={t('m_account')} description={t('m_account_hint')} required {...form.getInputProps('account')} />
          <Select label={t('m_separator')} description={'\u00a0'} data={[',', ';', '|', { value: 'tab', label: t('tab') }]} allowDeselect={false} {...form.getInputProps('separator')} />
          <NumberInput label={t('m_skip')} description={'\u00a0'} min={0} max={100} allowDecimal={false} {...form.getInputProps('skip_rows')} />
        </SimpleGrid>
        <Checkbox label={t('m_header')} {...form.getInputProps('has_header', { type: 'checkbox' })} />
        {file && (
          <Text size="sm" c="dimmed">
            {t('m_found', { columns: columns.join(' · ') })}
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {column('date', t('m_date'), true)}
          <Autocomplete label={t('m_date_format')} data={date_formats} {...form.getInputProps('date_format')} />
          <Select label={t('m_decimal')} data={['.', ',']} allowDeselect={false} {...form.getInputProps('decimal_sign')} />
          {column('amount', t('m_amount'), false, t('m_amount_hint'))}
          {column('credit', t('m_credit'), false, '\u00a0')}
          {column('debit', t('m_debit'), false, '\u00a0')}
          {column('reference', t('m_reference'))}
          {column('payer', t('m_payer'))}
          {column('payer_account', t('m_payer_account'))}
          {column('bank_reference', t('m_bank_reference'))}
          {column('currency', t('m_currency'))}
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}
