import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../api/client'
import { useSession } from '../session/session'

const query = { limit: 500 }
const ten_minutes_ms = 600_000

function useProducts<Item>(kind: string, load: () => Promise<{ items: Item[] }>) {
  const operator = useSession().operator?.code
  return useQuery({ queryKey: ['products', kind, operator], queryFn: load, staleTime: ten_minutes_ms })
}

// What is sold, for the fields that choose from it.
export const useServices = () => useProducts('services', () => answered(api.GET('/api/v1/services', { params: { query } })))
export const useAddOns = () => useProducts('add_ons', () => answered(api.GET('/api/v1/add-ons', { params: { query } })))
export const useCpes = () => useProducts('cpes', () => answered(api.GET('/api/v1/cpes', { params: { query } })))
