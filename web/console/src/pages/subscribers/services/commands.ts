import { api, answered } from '../../../api/client'
import type { Schema } from '../../../api/types'
import type { Item, SubService } from '../queries'
import type { ActionKind } from './kinds'

// What the dialogs of a sub-service ask for; each command takes what it needs of it.
export type CommandValues = {
  date: string
  reason: string
  promo_code: string
  at: Schema<'CancelAt'>
  when: Schema<'ChangeWhen'>
  credit: boolean
  waive_installments: boolean
  product: string
  quantity: number
  serial: string
}

export const no_values: CommandValues = {
  date: '', reason: '', promo_code: '', at: 'end_of_period', when: 'now', credit: true, waive_installments: false, product: '', quantity: 1, serial: '',
}

type Preview = Schema<'Preview'>
type Sent = Promise<SubService | Preview>

const base = '/api/v1/subscribers/{subscriber}/sub-services/{sub_service}' as const

// GIVES: what sends the command, in earnest or as a preview.
export function sender(kind: ActionKind, { subscriber, code }: SubService, item?: Item) {
  const path = { subscriber, sub_service: code }
  return (v: CommandValues, preview: boolean): Sent => {
    const params = { path, query: { preview } }
    const date = v.date ? { date: v.date } : {}
    const giving_back = { credit: v.credit, waive_installments: v.waive_installments }
    switch (kind) {
      case 'activate':
        return answered(api.POST(`${base}/activate`, { params, body: { ...date, ...(v.promo_code ? { promo_code: v.promo_code } : {}) } }))
      case 'suspend':
        return answered(api.POST(`${base}/suspend`, { params: { path }, body: { ...date, reason: v.reason } }))
      case 'resume':
        return answered(api.POST(`${base}/resume`, { params, body: date }))
      case 'cancel':
        return answered(
          api.POST(`${base}/cancel`, {
            params,
            body: { ...date, at: v.at, credit: v.at === 'now' && v.credit, waive_installments: v.waive_installments },
          }),
        )
      case 'change_service':
        return answered(api.POST(`${base}/change-service`, { params, body: { ...date, service: v.product, when: v.when } }))
      case 'add_add_on':
        return answered(api.POST(`${base}/add-add-on`, { params, body: { ...date, add_on: v.product, quantity: v.quantity } }))
      case 'remove_add_on':
        return answered(api.POST(`${base}/remove-add-on`, { params, body: { ...date, add_on: item?.code ?? '', ...giving_back } }))
      case 'attach_cpe':
        return answered(api.POST(`${base}/attach-cpe`, { params, body: { ...date, cpe: v.product, serial: v.serial, quantity: v.quantity } }))
      case 'return_cpe':
        return answered(api.POST(`${base}/return-cpe`, { params, body: { ...date, serial: item?.serial ?? '', ...giving_back } }))
      case 'move_to_current_price':
        return answered(api.POST(`${base}/move-to-current-price`, { params, body: date }))
    }
  }
}

export function asPreview(answer: SubService | Preview): Preview {
  if (answer.object === 'preview') return answer as Preview
  throw new Error('a preview was asked for, and something else answered')
}
