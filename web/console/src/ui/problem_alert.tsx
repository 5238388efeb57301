import { Alert, Code, List, Text } from '@mantine/core'
import { catalogue } from '../i18n/catalogue'
import { problemOf } from '../api/problem'
import { TriangleAlert } from './icons'

const useText = catalogue({
  en: {
    unreachable: 'The server cannot be reached',
    unreachable_hint: 'Nothing that you typed is lost: try again when the connection is back.',
    unexpected: 'Something went wrong',
    not_allowed: 'Your role does not allow this',
    refused: 'This is not possible',
    invalid: 'Please mend what is marked',
    request: 'Request',
  },
  es: {
    unreachable: 'No se puede llegar al servidor',
    unreachable_hint: 'Nada de lo escrito se ha perdido: inténtelo de nuevo cuando vuelva la conexión.',
    unexpected: 'Algo ha ido mal',
    not_allowed: 'Su función no lo permite',
    refused: 'No es posible',
    invalid: 'Corrija lo que está marcado',
    request: 'Petición',
  },
  ar: {
    unreachable: 'تعذر الوصول إلى الخادم',
    unreachable_hint: 'لم يُفقد شيء مما كتبته: حاول مرة أخرى عند عودة الاتصال.',
    unexpected: 'حدث خطأ ما',
    not_allowed: 'دورك لا يسمح بذلك',
    refused: 'هذا غير ممكن',
    invalid: 'يرجى تصحيح ما تم تحديده',
    request: 'الطلب',
  },
})

function kindOf(status: number, code: string) {
  if (code === 'unreachable') return 'unreachable' as const
  if (code === 'not_allowed') return 'not_allowed' as const
  if (status === 400) return 'invalid' as const
  return status >= 400 && status < 500 ? ('refused' as const) : ('unexpected' as const)
}

// What went wrong, in the server's own words, and the request's id to ask for help with.
export function ProblemAlert({ problem: failure }: { problem: unknown }) {
  const t = useText()
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
