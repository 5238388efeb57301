import { remember, remembered } from '../memory'

// Filters, order and columns under a name of the viewer's own.
export interface View {
  name: string
  address: string
  hidden: string[]
}

export function readViews(list: string): View[] {
  try {
    const kept: unknown = JSON.parse(remembered(`views.${list}`) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isView) : []
  } catch {
    return []
  }
}

const isView = (kept: unknown): kept is View =>
  typeof kept === 'object' && kept !== null && 'name' in kept && 'address' in kept && 'hidden' in kept && Array.isArray(kept.hidden)

export function keepViews(list: string, views: View[]): void {
  remember(`views.${list}`, JSON.stringify(views))
}

export const withView = (views: View[], view: View): View[] =>
  [...views.filter(({ name }) => name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name))
