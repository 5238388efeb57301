import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, answered, answeredWithTag } from '../../api/client'
import { problemOf } from '../../api/problem'
import { ProblemAlert } from '../../ui/problem_alert'
import { MailEditor } from './mail_editor'

// E-mail that was never set up is no failure: the form is empty then.
async function readSettings() {
  try {
    return await answeredWithTag(api.GET('/api/v1/mail-settings'))
  } catch (failure) {
    if (problemOf(failure).status === 404) return { data: null, etag: '' }
    throw failure
  }
}

export default function MailTab() {
  const settings = useQuery({ queryKey: ['mail-settings'], queryFn: readSettings, refetchOnWindowFocus: false })
  const kinds = useQuery({ queryKey: ['message-kinds'], queryFn: () => answered(api.GET('/api/v1/message-kinds', { params: { query: { limit: 500 } } })) })
  const error = settings.error ?? kinds.error
  if (error) return <ProblemAlert problem={error} />
  if (!settings.data || !kinds.data) return <Skeleton h={320} />
  return (
    <MailEditor
      key={settings.data.etag}
      saved={settings.data.data}
      etag={settings.data.etag}
      kinds={kinds.data.items.map(({ kind }) => kind)}
      reload={settings.refetch}
    />
  )
}
