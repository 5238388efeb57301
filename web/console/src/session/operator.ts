import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../api/client'
import { todayIn } from '../ui/format'
import { useSession } from './session'

export const operatorKey = (code: string) => ['operator', code] as const

// The operator that one acts for, with its settings.
export function useOperator() {
  const code = useSession().operator?.code ?? ''
  return useQuery({
    queryKey: operatorKey(code),
    queryFn: () => answered(api.GET('/api/v1/operators/{operator}', { params: { path: { operator: code } } })),
    staleTime: 60_000,
  })
}

export function useCurrency(): string {
  return useOperator().data?.currency ?? 'USD'
}

// The day that commands count for unless they say another one.
export function useToday(): string {
  return todayIn(useOperator().data?.time_zone ?? 'UTC')
}
