import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'

export type BillRun = Schema<'BillRun'>

const poll_ms = 1000

export const isGoing = ({ state }: Pick<BillRun, 'state'>): boolean => state === 'queued' || state === 'running'

// While it goes on, it is asked for again and again.
export const useBillRun = (run: string) =>
  useQuery({
    queryKey: ['bill_run', run],
    queryFn: () => answered(api.GET('/api/v1/bill-runs/{bill_run}', { params: { path: { bill_run: run } } })),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? poll_ms : false),
  })

// Somebody looks at it: what is different from before is what they look for.
export const startBillRun = (through: string, dry_run: boolean) =>
  answered(api.POST('/api/v1/bill-runs', { body: { through, dry_run, compare: true } }))

export const runPath = (run: string) => `/bill-runs/${encodeURIComponent(run)}`
