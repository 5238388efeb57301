import { Button, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { optionalText } from '../../parts/amounts'
import { CommandDialog } from '../../parts/command_dialog'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { PeriodText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { DateField } from '../../ui/fields'
import { Tags } from '../../ui/icons'
import { EndDialog } from './end_dialog'
import { useCatalogueText } from './messages'
import { NewButton } from './new_button'
import { useDiscountCodes } from './products'

type PromoCode = Schema<'PromoCode'>

export function PromoCodesTab() {
  const t = useCatalogueText()
  const isOwner = useMay('owner')
  const [ended, end] = useState<string | null>(null)
  const list = useMemo<ListOf<PromoCode>>(
    () => ({
      name: 'promo-codes',
      label: t('promo_codes'),
      columns: [
        { id: 'code', header: t('code'), cell: (p) => p.code, text: (p) => p.code },
        { id: 'discount', header: t('discount'), cell: (p) => p.discount, text: (p) => p.discount },
        { id: 'uses', header: t('uses'), numeric: true, cell: (p) => (p.max_uses === null ? p.uses : `${p.uses} / ${p.max_uses}`), text: (p) => `${p.uses}` },
        { id: 'each', header: t('max_each'), numeric: true, wideOnly: true, cell: (p) => p.max_uses_per_subscriber, text: (p) => `${p.max_uses_per_subscriber ?? ''}` },
        { id: 'from', header: t('valid_from'), wideOnly: true, cell: (p) => <PeriodText from={p.starts_on} to={p.ends_on} />, text: (p) => `${p.starts_on ?? ''}/${p.ends_on ?? ''}` },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (p) =>
            isOwner && (
              <Button size="compact-sm" variant="default" onClick={() => end(p.code)}>
                {t('end')}
              </Button>
            ),
        },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/promo-codes', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (p) => p.code,
      empty: <Empty icon={Tags} title={t('none_promo_codes')} hint={t('none_promo_codes_hint')} />,
    }),
    [t, isOwner],
  )
  return (
    <>
      <NewButton label={t('new_promo_codes')} dialog={(onClose) => <PromoCodeDialog onClose={onClose} />} />
      <DataTable list={list} />
      {ended && <EndDialog of={ended} about={t('end_code_about')} send={(ends_on) => endCode(ended, ends_on)} onClose={() => end(null)} />}
    </>
  )
}

function PromoCodeDialog({ onClose }: { onClose: () => void }) {
  const t = useCatalogueText()
  const discounts = useDiscountCodes()
  return (
    <CommandDialog
      done={t('created')}
      onClose={onClose}
      action={{
        title: t('new_promo_codes'),
        about: t('none_promo_codes_hint'),
        confirm: t('create'),
        initial: { code: '', discount: '', max_uses: '' as number | '', max_each: '' as number | '', starts_on: '', ends_on: '' },
        validate: ({ code, discount }) => ({
          ...(code.trim() ? {} : { code: t('code_missing') }),
          ...(discount ? {} : { discount: t('discount_missing') }),
        }),
        fields: (form) => (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput label={t('code')} required data-autofocus {...form.getInputProps('code')} />
            <Select label={t('discount')} required data={discounts} {...form.getInputProps('discount')} />
            <NumberInput label={t('max_uses')} description={t('no_limit')} min={1} allowDecimal={false} {...form.getInputProps('max_uses')} />
            <NumberInput label={t('max_each')} description={t('no_limit')} min={1} allowDecimal={false} {...form.getInputProps('max_each')} />
            <DateField label={t('starts_on')} {...form.getInputProps('starts_on')} />
            <DateField label={t('ends_on')} {...form.getInputProps('ends_on')} />
          </SimpleGrid>
        ),
        send: ({ code, discount, max_uses, max_each, starts_on, ends_on }) =>
          answered(
            api.POST('/api/v1/promo-codes', {
              body: {
                code: code.trim(), discount, ...(max_uses === '' ? {} : { max_uses }), ...(max_each === '' ? {} : { max_uses_per_subscriber: max_each }),
                ...optionalText('starts_on', starts_on), ...optionalText('ends_on', ends_on),
              },
            }),
          ),
      }}
    />
  )
}

const endCode = (promo_code: string, ends_on: string) =>
  answered(api.POST('/api/v1/promo-codes/{promo_code}/end', { params: { path: { promo_code } }, body: { ends_on } }))
