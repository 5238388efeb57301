import { Checkbox, SimpleGrid, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { DateField } from '../../ui/fields'
import { parseAmount } from '../../ui/format'
import { ScrollText } from '../../ui/icons'
import { useCatalogueText } from './messages'
import { NewButton } from './new_button'

export function TaxesTab() {
  const t = useCatalogueText()
  const list = useMemo<ListOf<Schema<'Tax'>>>(
    () => ({
      name: 'taxes',
      label: t('taxes'),
      columns: [
        { id: 'name', header: t('name'), cell: (x) => x.name, text: (x) => x.name },
        { id: 'code', header: t('code'), cell: (x) => x.code, text: (x) => x.code },
        { id: 'rate', header: t('rate'), numeric: true, cell: (x) => `${x.rate} %`, text: (x) => x.rate },
        { id: 'included', header: t('included'), wideOnly: true, cell: (x) => t(x.included ? 'inside' : 'on_top'), text: (x) => `${x.included}` },
        { id: 'country', header: t('country'), wideOnly: true, cell: (x) => x.country, text: (x) => x.country },
        { id: 'region', header: t('region'), wideOnly: true, cell: (x) => x.region, text: (x) => x.region },
        { id: 'valid_from', header: t('valid_from'), wideOnly: true, cell: (x) => <DateText value={x.valid_from} />, text: (x) => x.valid_from ?? '' },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/taxes', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (x) => x.id,
      empty: <Empty icon={ScrollText} title={t('none_taxes')} hint={t('none_taxes_hint')} />,
    }),
    [t],
  )
  return (
    <>
      <NewButton label={t('new_taxes')} dialog={(onClose) => <TaxDialog onClose={onClose} />} />
      <DataTable list={list} />
    </>
  )
}

function TaxDialog({ onClose }: { onClose: () => void }) {
  const t = useCatalogueText()
  return (
    <CommandDialog
      done={t('created')}
      onClose={onClose}
      action={{
        title: t('new_taxes'),
        about: t('none_taxes_hint'),
        confirm: t('create'),
        initial: { code: '', name: '', rate: '', included: false, country: '', region: '', valid_from: '' },
        validate: ({ code, rate }) => ({
          ...(code.trim() ? {} : { code: t('code_missing') }),
          ...(parseAmount(rate) === null ? { rate: t('rate_wrong') } : {}),
        }),
        fields: (form) => (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label={t('code')} required data-autofocus {...form.getInputProps('code')} />
              <TextInput label={t('name')} placeholder={form.values.code} {...form.getInputProps('name')} />
              <TextInput label={t('rate')} inputMode="decimal" rightSection="%" required {...form.getInputProps('rate')} />
              <DateField label={t('valid_from')} {...form.getInputProps('valid_from')} />
              <TextInput label={t('country')} description={t('everywhere')} {...form.getInputProps('country')} />
              <TextInput label={t('region')} description={t('everywhere')} {...form.getInputProps('region')} />
            </SimpleGrid>
            <Checkbox label={t('included')} {...form.getInputProps('included', { type: 'checkbox' })} />
          </>
        ),
        send: ({ code, name, rate, included, country, region, valid_from }) =>
          answered(
            api.POST('/api/v1/taxes', {
              body: {
                code: code.trim(), rate: parseAmount(rate) ?? rate, included, country: country.trim(), region: region.trim(),
                ...optionalText('name', name), ...optionalText('valid_from', valid_from),
              },
            }),
          ),
      }}
    />
  )
}
