import { Alert, Code, List, Text } from '@mantine/core'
import { problemOf } from '../api/problem'
import { TriangleAlert } from './icons'
import { useProblemText } from './messages'

function kindOf(status: number, code: string) {
  if (code === 'unreachable') return 'unreachable' as const
  if (code === 'not_allowed') return 'not_allowed' as const
  if (status === 400) return 'invalid' as const
  return status >= 400 && status < 500 ? ('refused' as const) : ('unexpected' as const)
}

// What went wrong, in the server's own words, and the request's id to ask for help with.
export function ProblemAlert({ problem: failure }: { problem: unknown }) {
  const t = useProblemText()
  const problem = problemOf(failure)
  const kind = kindOf(problem.status, problem.code)
  return (
    <Alert color={kind === 'unexpected' ? 'red' : 'orange'} icon={<TriangleAlert size={18} />} title={t(kind)} role="alert">
      <Text size="sm">{kind === 'unreachable' ? t('unreachable_hint') : problem.detail}</Text>
      {problem.faults.length > 0 && (
        <List size="sm" mt={4}>
          {problem.faults.map((fault) => (
            <List.Item key={`${fault.where} ${fault.field}`}>
              <b>{fault.field || fault.where}</b> {fault.message}
            </List.Item>
          ))}
        </List>
      )}
      {problem.instance && (
        <Text size="xs" mt={4}>
          {t('request')} <Code>{problem.instance}</Code>
        </Text>
      )}
    </Alert>
  )
}
