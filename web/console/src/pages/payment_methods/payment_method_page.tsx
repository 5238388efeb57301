import { Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { api, answeredWithTag } from '../../api/client'
import { problemOf } from '../../api/problem'
import { useForget } from '../../parts/command_dialog'
import { useCurrency } from '../../session/operator'
import { useMay } from '../../session/session'
import { Conflict } from '../../ui/conflict'
import { Copyable } from '../../ui/copyable'
import { useEditing } from '../../ui/editing'
import { Empty } from '../../ui/empty'
import { CreditCard } from '../../ui/icons'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { toast } from '../../ui/toast'
import { useMethodText } from './messages'
import { MethodFields } from './method_fields'
import { type Gateway, type Method, useGateways } from './requests'
import { changeOf, type MethodValues, valuesOf, wrongAmounts } from './values'

const read = (code: string) => answeredWithTag(api.GET('/api/v1/payment-methods/{payment_method}', { params: { path: { payment_method: code } } }))

export default function PaymentMethodPage() {
  const t = useMethodText()
  const { method: code = '' } = useParams()
  const gateways = useGateways().data?.items
  const { data, error, refetch } = useQuery({ queryKey: ['payment-method', code], queryFn: () => read(code), refetchOnWindowFocus: false })
  if (error && problemOf(error).status === 404) return <Empty icon={CreditCard} title={t('unknown')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!data || !gateways) return <Skeleton h={320} m="lg" />
  const { data: method, etag } = data
  return (
    <Page title={method.name} subtitle={`${method.code} · ${method.gateway}`}>
      <Stack gap="md" maw={860}>
        <Webhook method={method} />
        <Editor key={etag} method={method} etag={etag} gateway={gateways.find((one) => one.code === method.gateway)} reload={refetch} />
      </Stack>
    </Page>
  )
}

function Webhook({ method }: { method: Method }) {
  const t = useMethodText()
  if (!method.webhook) return null
  return (
    <Paper p="md">
      <Text size="sm" fw={600}>
        {t('webhook')}
      </Text>
      <Copyable value={`${window.location.origin}${method.webhook}`} />
      <Text size="xs" c="dimmed">
        {t('webhook_hint')}
      </Text>
    </Paper>
  )
}

interface EditorProps {
  method: Method
  etag: string
  gateway: Gateway | undefined
  reload: () => Promise<unknown>
}

function Editor({ method, etag, gateway, reload }: EditorProps) {
  const t = useMethodText()
  const currency = useCurrency()
  const isOwner = useMay('owner')
  const forget = useForget()
  const form = useForm<MethodValues>({
    initialValues: valuesOf(method, gateway),
    validate: (values) => Object.fromEntries(wrongAmounts(values).map((name) => [name, t('amount_wrong')])),
  })
  const { submit, isSaving, problem, inConflict, keepMine, takeTheirs } = useEditing<MethodValues>({
    etag,
    reload,
    onSaved: () => {
      toast(t('saved'))
      void forget()
    },
    save: (values, tag) =>
      answeredWithTag(
        api.PATCH('/api/v1/payment-methods/{payment_method}', {
          params: { path: { payment_method: method.code }, ...(tag ? { header: { 'If-Match': tag } } : {}) },
          body: changeOf(values, currency, gateway),
        }),
      ),
  })
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Paper p="md">
        <Stack gap="sm">
          <MethodFields form={form} gateway={gateway} currency={currency} isNew={false} />
          {inConflict && <Conflict keepMine={keepMine} takeTheirs={() => void takeTheirs()} />}
          {problem && <ProblemAlert problem={problem} />}
          <Group justify="flex-end">
            {isOwner ? (
              <Button type="submit" loading={isSaving}>
                {t('save')}
              </Button>
            ) : (
              <Text size="sm" c="dimmed">
                {t('only_owner')}
              </Text>
            )}
          </Group>
        </Stack>
      </Paper>
    </form>
  )
}
