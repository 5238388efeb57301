import { Button, Group } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { CommandDialog } from '../../parts/command_dialog'
import { useMay } from '../../session/session'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { PeriodText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Tags } from '../../ui/icons'
import { Money } from '../../ui/money'
import { DiscountDialog } from './discount_dialog'
import { EndDialog } from './end_dialog'
import { useCatalogueText } from './messages'
import { NewButton } from './new_button'

type Discount = Schema<'Discount'>
interface Choice {
  discount: Discount
  what: 'end' | 'remove'
}

export function DiscountsTab() {
  const t = useCatalogueText()
  const [choice, setChoice] = useState<Choice | null>(null)
  const list = useList(setChoice)
  const close = () => setChoice(null)
  return (
    <>
      <NewButton label={t('new_discounts')} dialog={(onClose) => <DiscountDialog onClose={onClose} />} />
      <DataTable list={list} />
      {choice?.what === 'end' && <EndDialog of={choice.discount.code} about={t('end_about')} send={(ends_on) => endDiscount(choice.discount.code, ends_on)} onClose={close} />}
      {choice?.what === 'remove' && <RemoveDialog discount={choice.discount.code} onClose={close} />}
    </>
  )
}

function useList(choose: (choice: Choice) => void): ListOf<Discount> {
  const t = useCatalogueText()
  const isOwner = useMay('owner')
  return useMemo(
    () => ({
      name: 'discounts',
      label: t('discounts'),
      columns: [
        { id: 'name', header: t('name'), cell: (d) => d.name, text: (d) => d.name },
        { id: 'code', header: t('code'), wideOnly: true, cell: (d) => d.code, text: (d) => d.code },
        { id: 'value', header: t('value'), numeric: true, cell: (d) => (d.percent === null ? <Money value={d.fixed} /> : `${d.percent} %`), text: (d) => d.percent ?? d.fixed?.amount ?? '' },
        { id: 'applies_to', header: t('applies_type'), wideOnly: true, cell: (d) => <Scope of={d} />, text: (d) => Object.values(d.applies_to).join(' ') },
        { id: 'when', header: t('whom'), wideOnly: true, cell: (d) => whomOf(d) || t('all'), text: whomOf },
        { id: 'automatic', header: t('automatic'), wideOnly: true, cell: (d) => t(d.automatic ? 'automatic' : 'granted'), text: (d) => `${d.automatic}` },
        { id: 'from', header: t('valid_from'), wideOnly: true, cell: (d) => <PeriodText from={d.starts_on} to={d.ends_on} />, text: (d) => `${d.starts_on ?? ''}/${d.ends_on ?? ''}` },
        { id: 'periods', header: t('periods'), numeric: true, wideOnly: true, cell: (d) => d.periods, text: (d) => `${d.periods ?? ''}` },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (discount) =>
            isOwner && (
              <Group gap="xs" wrap="nowrap">
                <Button size="compact-sm" variant="default" onClick={() => choose({ discount, what: 'end' })}>
                  {t('end')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => choose({ discount, what: 'remove' })}>
                  {t('remove')}
                </Button>
              </Group>
            ),
        },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/discounts', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (d) => d.code,
      empty: <Empty icon={Tags} title={t('none_discounts')} hint={t('none_discounts_hint')} />,
    }),
    [t, isOwner, choose],
  )
}

const whomOf = ({ when }: Discount): string => [when.region, when.pop, when.category].filter(Boolean).join(', ')

function Scope({ of: { applies_to, charges } }: { of: Discount }) {
  const t = useCatalogueText()
  const what = applies_to.type ? t(applies_to.type) : t('any_item')
  return [what, applies_to.product, applies_to.kind, t(charges)].filter(Boolean).join(' · ')
}

const endDiscount = (discount: string, ends_on: string) =>
  answered(api.POST('/api/v1/discounts/{discount}/end', { params: { path: { discount } }, body: { ends_on } }))

interface Props {
  discount: string
  onClose: () => void
}

function RemoveDialog({ discount, onClose }: Props) {
  const t = useCatalogueText()
  return (
    <CommandDialog
      done={t('removed')}
      onClose={onClose}
      action={{
        title: `${t('remove')}: ${discount}`,
        about: t('remove_about'),
        confirm: t('remove'),
        isGrave: true,
        initial: {},
        send: () => answered(api.DELETE('/api/v1/discounts/{discount}', { params: { path: { discount } } })),
      }}
    />
  )
}
