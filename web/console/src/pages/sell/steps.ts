import type { ComponentType } from 'react'
import type { UseFormReturnType } from '@mantine/form'
import type { Draft } from './draft'
import { isCode } from './draft'

export type StepName = 'contact' | 'organization' | 'unit' | 'service' | 'add_ons' | 'cpes' | 'billing' | 'preview'
export type DraftForm = UseFormReturnType<Draft>
export type StepView = ComponentType<{ form: DraftForm }>

const all: StepName[] = ['contact', 'organization', 'unit', 'service', 'add_ons', 'cpes', 'billing', 'preview']

// A subscriber that there is already has said who they are.
export const stepsFor = (draft: Draft): StepName[] => all.filter((step) => step !== 'organization' || draft.buyer === 'fresh')

type Complaint = 'required' | 'code_wrong' | 'contact_needed'
type Complaints = Partial<Record<keyof Draft, Complaint>>

const coded = (field: keyof Draft, code: string): Complaints => (isCode(code) ? {} : { [field]: 'code_wrong' })

// What is missing before one may go on.
export function complaintsAbout(step: StepName, draft: Draft): Complaints {
  if (step === 'contact')
    return draft.buyer === 'existing' ? (draft.subscriber ? {} : { subscriber: 'required' }) : {}
  if (step === 'organization')
    return { ...(draft.contact || draft.organization ? {} : { organization: 'contact_needed' as const }), ...coded('code', draft.code) }
  if (step === 'unit') {
    if (draft.place === 'existing') return draft.unit ? {} : { unit: 'required' }
    return draft.place === 'fresh' ? { ...(draft.unitName ? {} : { unitName: 'required' as const }), ...coded('unitCode', draft.unitCode) } : {}
  }
  if (step === 'service') return draft.service ? coded('subServiceCode', draft.subServiceCode) : { service: 'required' }
  return {}
}
