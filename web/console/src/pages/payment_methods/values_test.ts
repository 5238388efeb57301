import { expect, test } from 'vitest'
import { changeOf, new_method } from './values'

const gateway = {
  code: 'stripe', name: 'Stripe', capabilities: [],
  settings: [
    { name: 'secret_key', label: '', hint: '', required: true, secret: true },
    { name: 'account', label: '', hint: '', required: false, secret: false },
  ],
}

test('a secret that nobody typed is not sent, so that the one that is kept stays', () => {
  expect(changeOf({ ...new_method, settings: { secret_key: '', account: '' } }, 'EUR', gateway).settings).toEqual({ account: '' })
  expect(changeOf({ ...new_method, settings: { secret_key: 'sk', account: 'a' } }, 'EUR', gateway).settings).toEqual({ secret_key: 'sk', account: 'a' })
})

test('a limit that is emptied is taken away', () => {
  const change = changeOf({ ...new_method, minimum: '', maximum: '10,50' }, 'EUR', undefined)
  expect(change.minimum).toBeNull()
  expect(change.maximum).toEqual({ amount: '10.50', currency: 'EUR' })
  expect(change.settings).toBeUndefined()
})
