import { expect, test } from 'vitest'
import { roleNeededAt } from './navigation'
import { mayAs } from './session/session'

test('a page needs the role that its place in the navigation needs', () => {
  expect(roleNeededAt('/users')).toBe('owner')
  expect(roleNeededAt('/sell')).toBe('clerk')
  expect(roleNeededAt('/subscribers/S000018')).toBe('viewer')
  expect(roleNeededAt('/nowhere')).toBe('viewer')
})

test('a cashier and a support each have some commands of a clerk, and none of the other', () => {
  expect(mayAs('cashier', 'support')).toBe(false)
  expect(mayAs('support', 'cashier')).toBe(false)
  expect(mayAs('support', 'clerk')).toBe(false)
  expect(mayAs('clerk', 'cashier')).toBe(true)
  expect(mayAs('owner', 'support')).toBe(true)
})
