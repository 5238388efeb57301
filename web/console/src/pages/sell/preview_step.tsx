import { Group, Loader, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useToday } from '../../session/operator'
import { PreviewView } from '../../ui/action/preview_view'
import { ProblemAlert } from '../../ui/problem_alert'
import { useSellText } from './messages'
import { previewSale } from './requests'
import type { DraftForm } from './steps'

export function PreviewStep({ form }: { form: DraftForm }) {
  const t = useSellText()
  const today = useToday()
  const { data, error, isFetching } = useQuery({
    queryKey: ['preview', 'sale', form.values],
    queryFn: () => previewSale(form.values),
    retry: false,
    gcTime: 0,
  })
  return (
    <Stack aria-live="polite">
      <Text size="sm" c="dimmed">
        {t(form.values.activate ? 'preview_about' : 'preview_later')}
      </Text>
      {isFetching && (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm">{t('working_out')}</Text>
        </Group>
      )}
      {error && <ProblemAlert problem={error} />}
      {data && <PreviewView charges={data.charges} on={form.values.date || today} />}
    </Stack>
  )
}
