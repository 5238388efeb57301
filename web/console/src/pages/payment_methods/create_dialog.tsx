import { Select, SimpleGrid, TextInput } from '@mantine/core'
import { useNavigate } from 'react-router'
import { api, answered } from '../../api/client'
import { CommandDialog } from '../../parts/command_dialog'
import { useCurrency } from '../../session/operator'
import { useMethodText } from './messages'
import { MethodFields } from './method_fields'
import { type Gateway, methodPath, useGateways } from './requests'
import { changeOf, type MethodValues, new_method, wrongAmounts } from './values'

export function CreateDialog({ onClose }: { onClose: () => void }) {
  const t = useMethodText()
  const currency = useCurrency()
  const navigate = useNavigate()
  const gateways = useGateways().data?.items ?? []
  const gatewayOf = ({ gateway }: MethodValues): Gateway | undefined => gateways.find(({ code }) => code === gateway)
  return (
    <CommandDialog<MethodValues>
      done={t('created')}
      onClose={onClose}
      action={{
        title: t('new'),
        about: t('none_hint'),
        confirm: t('create'),
        initial: new_method,
        validate: (values) => ({
          ...(values.code.trim() ? {} : { code: t('code_missing') }),
          ...(values.name.trim() ? {} : { name: t('name_missing') }),
          ...(values.gateway ? {} : { gateway: t('gateway_missing') }),
          ...Object.fromEntries(wrongAmounts(values).map((name) => [name, t('amount_wrong')])),
        }),
        fields: (form) => (
          <>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <Select
                label={t('gateway')}
                required
                data-autofocus
                data={gateways.map(({ code, name }) => ({ value: code, label: name }))}
                {...form.getInputProps('gateway')}
                onChange={(code) => {
                  const chosen = gateways.find((one) => one.code === code)
                  form.setValues({ gateway: code ?? '', settings: Object.fromEntries((chosen?.settings ?? []).map(({ name }) => [name, ''])) })
                }}
              />
              <TextInput label={t('code')} required {...form.getInputProps('code')} />
            </SimpleGrid>
            <MethodFields form={form} gateway={gatewayOf(form.values)} currency={currency} isNew />
          </>
        ),
        send: async (values) => {
          const { name, ...change } = changeOf(values, currency, gatewayOf(values))
          const made = await answered(api.POST('/api/v1/payment-methods', { body: { ...change, name: name ?? '', code: values.code.trim(), gateway: values.gateway } }))
          navigate(methodPath(made.code))
        },
      }}
    />
  )
}
