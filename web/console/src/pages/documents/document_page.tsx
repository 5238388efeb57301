import { Button, Group, Menu, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useParams } from 'react-router'
import { problemOf } from '../../api/problem'
import type { Schema } from '../../api/types'
import { difference } from '../../parts/decimals'
import { Facts } from '../../parts/facts'
import { SubscriberLink } from '../../parts/subscriber_link'
import { useMay } from '../../session/session'
import { DateText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { isZero } from '../../ui/format'
import { ChevronDown, FileText } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { LineTable } from '../subscribers/money/line_table'
import { useDocument } from '../subscribers/queries'
import { DocumentState } from '../subscribers/status'
import { CreditDialog } from './credit_dialog'
import { useDocumentText } from './messages'
import { WriteOffDialog } from './write_off_dialog'

type Document = Schema<'Document'>

export default function DocumentPage() {
  const t = useDocumentText()
  const { document: number = '' } = useParams()
  const { data: document, error } = useDocument(number)
  if (error && problemOf(error).status === 404) return <Empty icon={FileText} title={t('unknown')} hint={problemOf(error).detail} />
  if (error) return <ProblemAlert problem={error} />
  if (!document) return <Skeleton h={320} m="lg" />
  return (
    <Page
      title={document.number}
      subtitle={
        <Group gap="xs">
          {t(`type_${document.type}`)}
          <DocumentState of={document} />
        </Group>
      }
      actions={<Actions document={document} />}
    >
      <Stack gap="md">
        <DocumentFacts document={document} />
        <Paper p="md">
          <Title order={2} mb="xs">
            {t('lines')}
          </Title>
          <LineTable lines={document.lines} subscriber={document.subscriber} label={t('lines')} />
        </Paper>
      </Stack>
    </Page>
  )
}

// What is paid of a document is never more than its total.
const openOf = ({ total, paid }: Document): string => difference(total.amount, paid.amount)

function DocumentFacts({ document }: { document: Document }) {
  const t = useDocumentText()
  const { currency } = document.total
  return (
    <Facts
      of={[
        [t('total'), <Text key="total" span fw={650}><Money value={document.total} /></Text>],
        [t('net'), <Money key="net" value={document.net} />],
        [t('tax'), <Money key="tax" value={document.tax} />],
        ...(document.type === 'invoice'
          ? ([
              [t('paid'), <Money key="paid" value={document.paid} />],
              [t('open'), <Money key="open" value={{ amount: openOf(document), currency }} />],
              [t('due'), <DateText key="due" value={document.due} />],
            ] satisfies [string, React.ReactNode][])
          : []),
        [t('date'), <DateText key="date" value={document.date} />],
        [t('subscriber'), <SubscriberLink key="subscriber" code={document.subscriber} />],
        [t('organization'), document.organization || document.contact],
        ...(document.unit ? ([[t('unit'), document.unit]] satisfies [string, string][]) : []),
        [t('region'), [document.region, document.country].filter(Boolean).join(', ')],
        ...(document.reason ? ([[t('reason'), document.reason]] satisfies [string, string][]) : []),
      ]}
    />
  )
}

function Actions({ document }: { document: Document }) {
  const t = useDocumentText()
  const isClerk = useMay('clerk')
  const [chosen, setChosen] = useState<'credit' | 'write_off' | null>(null)
  if (!isClerk || document.type !== 'invoice') return null
  return (
    <>
      <Button variant="default" onClick={() => setChosen('credit')}>
        {t('credit')}
      </Button>
      {!isZero(openOf(document)) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<ChevronDown size={14} />}>
              {t('more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setChosen('write_off')}>{t('write_off')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {chosen === 'credit' && <CreditDialog document={document} onClose={() => setChosen(null)} />}
      {chosen === 'write_off' && <WriteOffDialog document={document} open={openOf(document)} onClose={() => setChosen(null)} />}
    </>
  )
}
