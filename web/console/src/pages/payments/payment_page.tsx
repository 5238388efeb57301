import { Anchor, Button, Menu, Paper, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, answered } from '../../api/client'
import { problemOf } from '../../api/problem'
import type { Schema } from '../../api/types'
import { Facts } from '../../parts/facts'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { Copyable } from '../../ui/copyable'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { Banknote, ChevronDown, Undo2 } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { AdvanceDialog } from './advance_dialog'
import { ChargeBackDialog } from './charge_back_dialog'
import { usePaymentText } from './messages'
import { RefundDialog } from './refund_dialog'
import { documentPath } from './requests'

type Payment = Schema<'Payment'>

export default function PaymentPage() {
  const t = usePaymentText()
  const { payment: id = '' } = useParams()
  const { data: payment, error } = useQuery({
    queryKey: ['payment', id],
    queryFn: () => answered(api.GET('/api/v1/payments/{payment}', { params: { path: { payment: id } } })),
  })
  if (error && problemOf(error).status === 404) return <Empty icon={Banknote} title={t('unknown')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!payment) return <Skeleton h={240} m="lg" />
  return (
    <Page title={t('payment', { subscriber: payment.subscriber })} subtitle={<Copyable value={payment.id} />} actions={<Actions payment={payment} />}>
      <Stack gap="md">
        <Facts
          of={[
            [t('amount'), <Text key="amount" span fw={650}><Money value={payment.amount} /></Text>],
            [t('date'), <DateText key="date" value={payment.date} />],
            [t('subscriber'), <SubscriberLink key="subscriber" code={payment.subscriber} />],
            [t('unallocated'), <Money key="unallocated" value={payment.unallocated} />],
            [t('method'), payment.method],
            [t('reference'), payment.reference],
          ]}
        />
        <PaidDocuments payment={payment} />
        <Refunds payment={payment} />
      </Stack>
    </Page>
  )
}

type Chosen = 'refund' | 'charge_back' | 'advance'

function Actions({ payment }: { payment: Payment }) {
  const t = usePaymentText()
  const isClerk = useMay('clerk')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const close = () => setChosen(null)
  if (!isClerk) return null
  return (
    <>
      <Button leftSection={<Undo2 size={16} />} onClick={() => setChosen('refund')}>
        {t('refund')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={14} />}>
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setChosen('charge_back')}>{t('charge_back')}</Menu.Item>
          <Menu.Item onClick={() => setChosen('advance')}>{t('advance')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {chosen === 'refund' && <RefundDialog payment={payment} onClose={close} />}
      {chosen === 'charge_back' && <ChargeBackDialog payment={payment} onClose={close} />}
      {chosen === 'advance' && <AdvanceDialog payment={payment} onClose={close} />}
    </>
  )
}

function PaidDocuments({ payment }: { payment: Payment }) {
  const t = usePaymentText()
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {t('paid_documents')}
      </Title>
      {payment.paid.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('pays_nothing')}
        </Text>
      )}
      {payment.paid.length > 0 && (
        <Table aria-label={t('paid_documents')} fz="sm">
          <Table.Tbody>
            {payment.paid.map(({ number, amount }) => (
              <Table.Tr key={number}>
                <Table.Td>
                  <Anchor component={Link} to={documentPath(number)} fz="sm">
                    {number}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="right">
                  <Money value={amount} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  )
}

function Refunds({ payment }: { payment: Payment }) {
  const t = usePaymentText()
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {t('refunds')}
      </Title>
      {payment.refunds.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('no_refunds')}
        </Text>
      )}
      {payment.refunds.length > 0 && (
        <Table.ScrollContainer minWidth={480} type="native">
          <Table aria-label={t('refunds')} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('date')}</Table.Th>
                <Table.Th>{t('kind')}</Table.Th>
                <Table.Th>{t('reference')}</Table.Th>
                <Table.Th ta="right">{t('amount')}</Table.Th>
                <Table.Th ta="right">{t('fee')}</Table.Th>
                <Table.Th ta="right">{t('paid_out')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {payment.refunds.map((refund) => (
                <Table.Tr key={refund.id}>
                  <Table.Td>
                    <DateText value={refund.date} />
                  </Table.Td>
                  <Table.Td>{t(`kind_${refund.kind}`)}</Table.Td>
                  <Table.Td>{[refund.method, refund.reference].filter(Boolean).join(' · ')}</Table.Td>
                  <Table.Td ta="right">
                    <Money value={refund.amount} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Money value={refund.fee} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Money value={refund.paid_out} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  )
}
