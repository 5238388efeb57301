import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useLanguage } from '../../i18n/language'
import { useToday } from '../../session/operator'
import { useSession } from '../../session/session'
import { formatDate } from '../../ui/format'
import { Page } from '../../ui/page'
import { Billing } from './billing'
import { LatestDocuments, LatestPayments } from './latest'
import { useDashboardText } from './messages'
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
        <SimpleGrid cols={{ base: 1, md: 2, lg: 3 }} spacing="md">
          <Billing />
          <LatestPayments />
          <LatestDocuments />
        </SimpleGrid>
        <Paper p="md">
          <Title order={2}>{t('reports')}</Title>
          <Text size="sm" c="dimmed">
            {t('reports_hint')}
          </Text>
        </Paper>
      </Stack>
    </Page>
  )
}
