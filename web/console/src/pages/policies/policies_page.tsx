import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answeredWithTag } from '../../api/client'
import { Page } from '../../ui/page'
import { ProblemAlert } from '../../ui/problem_alert'
import { usePolicyText } from './messages'
import { PoliciesEditor } from './policies_editor'

export default function PoliciesPage() {
  const t = usePolicyText()
  const { data, error, refetch } = useQuery({
    queryKey: ['policies'],
    queryFn: () => answeredWithTag(api.GET('/api/v1/policies')),
    // What somebody is typing is not overwritten.
    refetchOnWindowFocus: false,
  })
  return (
    <Page title={t('title')}>
      <Text size="sm" c="dimmed" maw={760} mb="md">
        {t('about')}
      </Text>
      {error && <ProblemAlert problem={error} />}
      {!data && !error && <Skeleton h={240} />}
      {data && <PoliciesEditor key={data.etag} saved={data.data.items} etag={data.etag} reload={refetch} />}
    </Page>
  )
}
