import type { Item, SubService } from '../queries'

// What a clerk can do with a sub-service and what came with it.
export type ActionKind =
  | 'activate' | 'suspend' | 'resume' | 'cancel' | 'change_service' | 'add_add_on' | 'remove_add_on' | 'attach_cpe' | 'return_cpe'
  | 'move_to_current_price'

export interface ChosenAction {
  kind: ActionKind
  subService: SubService
  item?: Item
}

export const labels = {
  activate: 'activate', suspend: 'suspend', resume: 'resume', cancel: 'cancel', change_service: 'change_service',
  add_add_on: 'add_add_on', attach_cpe: 'attach_cpe', move_to_current_price: 'move_price', remove_add_on: 'remove', return_cpe: 'return_cpe',
} as const satisfies Record<ActionKind, string>
