import { Grid, SimpleGrid, Stack, Title } from '@mantine/core'
import { useLanguage } from '../../i18n/language'
import { useToday } from '../../session/operator'
import { useSession } from '../../session/session'
import { formatDate } from '../../ui/format'
import { Page } from '../../ui/page'
import { Billing } from './billing'
import { DebtReport } from './debt_report'
import { LatestDocuments, LatestPayments } from './latest'
import { useDashboardText } from './messages'
import { MonthReport } from './month_report'
import { Work } from './work'

export default function DashboardPage() {
  const t = useDashboardText()
  const { locale } = useLanguage()
  const { operator } = useSession()
  const today = useToday()
  return (
    <Page title={t('title')} subtitle={`${operator?.name ?? ''} · ${t('today', { date: formatDate(today, locale, 'long') })}`}>
      <Stack gap="md">
        <Title order={2}>{t('work')}</Title>
        <Work />
        <Grid gutter="md">
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <MonthReport />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Stack gap="md">
              <DebtReport />
              <Billing />
            </Stack>
          </Grid.Col>
        </Grid>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <LatestPayments />
          <LatestDocuments />
        </SimpleGrid>
      </Stack>
    </Page>
  )
}
