import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answeredWithTag } from '../../api/client'
import { useSession } from '../../session/session'
import { ProblemAlert } from '../../ui/problem_alert'
import { OperatorEditor } from './operator_editor'

export function OperatorTab() {
  const code = useSession().operator?.code ?? ''
  const { data, error, refetch } = useQuery({
    queryKey: ['operator-settings', code],
    queryFn: () => answeredWithTag(api.GET('/api/v1/operators/{operator}', { params: { path: { operator: code } } })),
    refetchOnWindowFocus: false,
  })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Skeleton h={320} />
  return <OperatorEditor key={data.etag} operator={data.data} etag={data.etag} reload={refetch} />
}
