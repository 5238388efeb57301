import type { components } from './schema'

// The shapes of the API by the names that openapi.yaml gives them.
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

export type Money = Schema<'Money'>
export type Page<Item> = { items: Item[]; next: string | null }
