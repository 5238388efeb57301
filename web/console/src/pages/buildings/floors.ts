import type { Schema } from '../../api/types'

type Unit = Pick<Schema<'Unit'>, 'code' | 'name'>

export interface Floor<Of> {
  // Null for the units whose name tells no floor.
  floor: string | null
  units: Of[]
}

// Apartments are mostly numbered by floor: 304 and 3-04 are on the third. GIVES: null where a name tells none.
export function floorOf({ name }: Pick<Unit, 'name'>): string | null {
  const parted = /(?:^|\D)(\d{1,2})[-./](\d{1,2})(?:\D|$)/.exec(name)
  const joined = /(?:^|\D)(\d{1,2})\d{2}(?:\D|$)/.exec(name)
  const floor = parted?.[1] ?? joined?.[1]
  return floor === undefined ? null : `${Number(floor)}`
}

// From the top floor down, as one looks at a house.
export function floorsOf<Of extends Unit>(units: Of[]): Floor<Of>[] {
  const floors = new Map<string | null, Of[]>()
  for (const unit of units) {
    const floor = floorOf(unit)
    floors.set(floor, [...(floors.get(floor) ?? []), unit])
  }
  const height = (floor: string | null) => (floor === null ? -1 : Number(floor))
  return [...floors.entries()]
    .map(([floor, of_floor]) => ({ floor, units: of_floor.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })) }))
    .sort((a, b) => height(b.floor) - height(a.floor))
}
