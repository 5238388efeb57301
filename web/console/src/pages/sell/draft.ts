import type { Schema } from '../../api/types'

export interface Sold {
  code: string
  quantity: number
  serial: string
}

// What the wizard gathers, step by step.
export type Draft = {
  buyer: 'existing' | 'fresh'
  subscriber: string
  subscriberName: string
  contact: string
  email: string
  code: string
  organization: string
  category: string
  region: string
  pop: string
  country: string
  place: 'none' | 'existing' | 'fresh'
  unit: string
  unitName: string
  unitCode: string
  service: string
  subServiceCode: string
  addOns: Sold[]
  cpes: Sold[]
  model: '' | 'cycle' | 'pro_rata'
  cycleDay: number
  firstCharge: '' | 'partial' | 'partial_plus_full' | 'full'
  activate: boolean
  date: string
}

export const newDraft: Draft = {
  buyer: 'fresh', subscriber: '', subscriberName: '', contact: '', email: '', code: '', organization: '', category: '', region: '', pop: '', country: '',
  place: 'none', unit: '', unitName: '', unitCode: '', service: '', subServiceCode: '', addOns: [], cpes: [], model: '', cycleDay: 1,
  firstCharge: '', activate: true, date: '',
}

const longest_code = 64
export const isCode = (text: string): boolean => /^[A-Za-z0-9._:-]{1,64}$/.test(text)

// A code made of a name: "José van der Berg" becomes jose-van-der-berg.
export function codeOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, longest_code)
}

// The first of code, code-2, code-3 … that is not taken.
export function freeCode(code: string, taken: string[]): string {
  if (!taken.includes(code)) return code
  let count = 2
  while (taken.includes(`${code}-${count}`)) count++
  return `${code}-${count}`
}

export const buyerCode = (draft: Draft): string => (draft.buyer === 'existing' ? draft.subscriber : draft.code)
export const buyerName = (draft: Draft): string =>
  draft.buyer === 'existing' ? draft.subscriberName || draft.subscriber : draft.organization || draft.contact

function unitOf(draft: Draft): string | null {
  if (draft.place === 'none') return null
  return draft.place === 'existing' ? draft.unit : draft.unitCode
}

function billingOf({ model, cycleDay, firstCharge }: Draft): Schema<'BillingSettings'> | undefined {
  if (!model && !firstCharge) return undefined
  return {
    ...(model ? { model } : {}),
    ...(model === 'pro_rata' ? { cycle_day: cycleDay } : {}),
    ...(firstCharge ? { first_charge: firstCharge } : {}),
  }
}

type Command = Schema<'Command'>

// The whole sale as commands that are carried out together or not at all.
export function commandsOf(draft: Draft, activates = draft.activate): Command[] {
  const subscriber = buyerCode(draft)
  const dated = draft.date ? { date: draft.date } : {}
  const billing = billingOf(draft)
  const { contact, organization, category, region, pop, country, email } = draft
  const commands: Command[] = []
  if (draft.buyer === 'fresh')
    commands.push({ command: 'create_subscriber', ...dated, code: subscriber, contact, organization, category, region, pop, country, email })
  if (draft.place === 'fresh')
    commands.push({ command: 'create_unit', ...dated, subscriber, code: draft.unitCode, name: draft.unitName || draft.unitCode })
  commands.push({
    command: 'add_sub_service',
    ...dated,
    subscriber,
    code: draft.subServiceCode,
    service: draft.service,
    unit: unitOf(draft),
    add_ons: draft.addOns.map(({ code, quantity }) => ({ code, quantity })),
    cpes: draft.cpes.map(({ code, quantity, serial }) => ({ code, quantity, ...(serial ? { serial } : {}) })),
    ...(billing ? { billing } : {}),
  })
  if (activates) commands.push({ command: 'activate', ...dated, sub_service: `${subscriber}/${draft.subServiceCode}` })
  return commands
}
