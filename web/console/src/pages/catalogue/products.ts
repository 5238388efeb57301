import { useQuery } from '@tanstack/react-query'
import { api, answered } from '../../api/client'
import type { Page, Schema } from '../../api/types'
import type { Asked } from '../../ui/data_table/types'
import { asQuery } from '../../ui/data_table/types'

export type Product = Schema<'Service'> | Schema<'AddOn'> | Schema<'Cpe'>
export type PriceInUse = Schema<'PriceVersionInUse'>
export type ProductType = 'services' | 'add_ons' | 'cpes'

// What the three sorts of products have in common, at their three addresses.
interface Requests {
  list: (asked: Asked) => Promise<Page<Product>>
  prices: (code: string) => Promise<Page<PriceInUse>>
  changePrice: (code: string, body: Schema<'PriceChange'>) => Promise<unknown>
}

const most = 500
const query = { limit: most }

export const products: Record<ProductType, Requests> = {
  services: {
    list: (asked) => answered(api.GET('/api/v1/services', { params: { query: asQuery(asked) } })),
    prices: (service) => answered(api.GET('/api/v1/services/{service}/prices', { params: { path: { service }, query } })),
    changePrice: (service, body) => answered(api.POST('/api/v1/services/{service}/prices', { params: { path: { service } }, body })),
  },
  add_ons: {
    list: (asked) => answered(api.GET('/api/v1/add-ons', { params: { query: asQuery(asked) } })),
    prices: (add_on) => answered(api.GET('/api/v1/add-ons/{add_on}/prices', { params: { path: { add_on }, query } })),
    changePrice: (add_on, body) => answered(api.POST('/api/v1/add-ons/{add_on}/prices', { params: { path: { add_on } }, body })),
  },
  cpes: {
    list: (asked) => answered(api.GET('/api/v1/cpes', { params: { query: asQuery(asked) } })),
    prices: (cpe) => answered(api.GET('/api/v1/cpes/{cpe}/prices', { params: { path: { cpe }, query } })),
    changePrice: (cpe, body) => answered(api.POST('/api/v1/cpes/{cpe}/prices', { params: { path: { cpe } }, body })),
  },
}

// All price versions of a product, with how many sub-services are on each.
export const usePrices = (type: ProductType, code: string) =>
  useQuery({ queryKey: ['prices', type, code], queryFn: () => products[type].prices(code) })

const codesOf = ({ items }: { items: { code: string }[] }): string[] => items.map(({ code }) => code)

// GIVES: the codes that a form offers.
export const useTaxCodes = (): string[] =>
  useQuery({ queryKey: ['taxes', 'codes'], queryFn: async () => codesOf(await answered(api.GET('/api/v1/taxes', { params: { query } }))) }).data ?? []

export const useDiscountCodes = (): string[] =>
  useQuery({ queryKey: ['discounts', 'codes'], queryFn: async () => codesOf(await answered(api.GET('/api/v1/discounts', { params: { query } }))) }).data ?? []
