import { expect, it } from 'vitest'
import { codeOf, commandsOf, freeCode, isCode, newDraft } from './draft'

it('makes a code of a name in any script that has letters', () => {
  expect(codeOf('José van der Berg')).toBe('jose-van-der-berg')
  expect(codeOf("St. Mary's School 0")).toBe('st-mary-s-school-0')
  expect(codeOf('  Apt. #101 ')).toBe('apt-101')
  expect(isCode(codeOf('x'.repeat(200)))).toBe(true)
})

it('takes the first code that is free', () => {
  expect(freeCode('net', [])).toBe('net')
  expect(freeCode('net', ['net', 'net-2'])).toBe('net-3')
})

it('sells to somebody new in one piece: subscriber, unit, sub-service, activation', () => {
  const draft = {
    ...newDraft, contact: 'Ann', code: 'ann', place: 'fresh' as const, unitName: 'Home', unitCode: 'home', service: 'net', subServiceCode: 'net',
    cpes: [{ code: 'ont', quantity: 1, serial: 'SN1' }], model: 'pro_rata' as const, cycleDay: 5,
  }
  const commands = commandsOf(draft)
  expect(commands.map(({ command }) => command)).toEqual(['create_subscriber', 'create_unit', 'add_sub_service', 'activate'])
  expect(commands[2]).toMatchObject({ unit: 'home', cpes: [{ code: 'ont', serial: 'SN1' }], billing: { model: 'pro_rata', cycle_day: 5 } })
})

it('sells to a subscriber without touching who they are, and leaves the activation to later', () => {
  const draft = { ...newDraft, buyer: 'existing' as const, subscriber: 'ann', service: 'net', subServiceCode: 'net-2', activate: false }
  expect(commandsOf(draft)).toEqual([
    { command: 'add_sub_service', subscriber: 'ann', code: 'net-2', service: 'net', unit: null, add_ons: [], cpes: [] },
  ])
})
