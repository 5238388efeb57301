import { Checkbox, Group, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useToday } from '../../../session/operator'
import type { Action } from '../../../ui/action/previewed_action'
import { DateField } from '../../../ui/fields'
import { useAddOns, useCpes, useServices } from '../../../catalogue/queries'
import { formatMoney } from '../../../ui/format'
import { useLanguage } from '../../../i18n/language'
import type { Schema } from '../../../api/types'
import { useSubscriberText } from '../messages'
import { asPreview, type CommandValues, no_values, sender } from './commands'
import { type ActionKind, type ChosenAction, labels } from './kinds'

type Form = UseFormReturnType<CommandValues>

const chooses: ActionKind[] = ['change_service', 'add_add_on', 'attach_cpe']

export function useSubServiceAction({ kind, subService, item }: ChosenAction): Action<CommandValues> {
  const t = useSubscriberText()
  const send = sender(kind, subService, item)
  const name = item?.name ?? subService.items.find(({ type }) => type === 'service')?.name ?? subService.service
  const abouts: Partial<Record<ActionKind, string>> = { cancel: t('cancel_about'), suspend: t('suspend_about') }
  const about = abouts[kind]
  return {
    title: `${t(labels[kind])}: ${name}`,
    ...(about ? { about } : {}),
    confirm: t(labels[kind]),
    isGrave: kind === 'cancel',
    initial: no_values,
    validate: ({ product }) => (chooses.includes(kind) && !product ? { product: t('required') } : {}),
    fields: (form) => <Fields kind={kind} form={form} except={subService.service} />,
    ...(kind === 'suspend' ? {} : { preview: async (values: CommandValues) => asPreview(await send(values, true)) }),
    send: (values) => send(values, false),
  }
}

function Fields({ kind, form, except }: { kind: ActionKind; form: Form; except: string }) {
  const t = useSubscriberText()
  const today = useToday()
  return (
    <>
      {kind === 'change_service' && <ServiceFields form={form} except={except} />}
      {kind === 'add_add_on' && <AddOnFields form={form} />}
      {kind === 'attach_cpe' && <CpeFields form={form} />}
      {kind === 'cancel' && <CancelFields form={form} />}
      {(kind === 'remove_add_on' || kind === 'return_cpe') && <GivingBack form={form} />}
      <Group grow align="flex-start">
        <DateField label={t('date')} description={t('date_hint')} inputWrapperOrder={['label', 'input', 'description', 'error']} max={today} {...form.getInputProps('date')} />
        {kind === 'activate' && <TextInput label={t('promo_code')} placeholder={t('optional')} {...form.getInputProps('promo_code')} />}
        {kind === 'suspend' && <TextInput label={t('reason')} data-autofocus {...form.getInputProps('reason')} />}
      </Group>
    </>
  )
}

function useChoices(products: { code: string; name: string; price: Schema<'Price'> }[] | undefined) {
  const { locale } = useLanguage()
  return (products ?? []).map(({ code, name, price }) => ({ value: code, label: `${name} – ${formatMoney(price, locale)}` }))
}

function ServiceFields({ form, except }: { form: Form; except: string }) {
  const t = useSubscriberText()
  const choices = useChoices(useServices().data?.items.filter(({ code }) => code !== except))
  return (
    <>
      <Select label={t('service')} data={choices} searchable required data-autofocus {...form.getInputProps('product')} />
      <SegmentedControl
        aria-label={t('when')}
        data={[
          { value: 'now', label: t('now') },
          { value: 'next_period', label: t('next_period') },
        ]}
        {...form.getInputProps('when')}
      />
    </>
  )
}

function AddOnFields({ form }: { form: Form }) {
  const t = useSubscriberText()
  const choices = useChoices(useAddOns().data?.items)
  return (
    <Group grow align="flex-start">
      <Select label={t('add_on')} data={choices} searchable required data-autofocus {...form.getInputProps('product')} />
      <Quantity form={form} />
    </Group>
  )
}

function CpeFields({ form }: { form: Form }) {
  const t = useSubscriberText()
  const choices = useChoices(useCpes().data?.items)
  return (
    <>
      <Select label={t('cpe')} data={choices} searchable required data-autofocus {...form.getInputProps('product')} />
      <Group grow align="flex-start">
        <TextInput label={t('serial')} placeholder={t('optional')} {...form.getInputProps('serial')} />
        <Quantity form={form} />
      </Group>
    </>
  )
}

function Quantity({ form }: { form: Form }) {
  const t = useSubscriberText()
  return <NumberInput label={t('quantity')} min={1} max={1_000_000} allowDecimal={false} {...form.getInputProps('quantity')} />
}

function CancelFields({ form }: { form: Form }) {
  const t = useSubscriberText()
  return (
    <>
      <SegmentedControl
        aria-label={t('when')}
        data={[
          { value: 'end_of_period', label: t('end_of_period') },
          { value: 'now', label: t('now') },
        ]}
        {...form.getInputProps('at')}
      />
      <GivingBack form={form} noCredit={form.values.at !== 'now'} />
    </>
  )
}

function GivingBack({ form, noCredit = false }: { form: Form; noCredit?: boolean }) {
  const t = useSubscriberText()
  return (
    <Group>
      {!noCredit && <Checkbox label={t('credit')} {...form.getInputProps('credit', { type: 'checkbox' })} />}
      <Checkbox label={t('waive')} {...form.getInputProps('waive_installments', { type: 'checkbox' })} />
    </Group>
  )
}
