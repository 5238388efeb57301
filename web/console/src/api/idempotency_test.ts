import { expect, it } from 'vitest'
import { settle, takeUp } from './idempotency'

const payment = (amount: string) =>
  new Request('http://sluice.example/api/v1/payments', { method: 'POST', body: JSON.stringify({ subscriber: 'ann', amount }) })

it('sends what was not answered again under the same key, and a new wish under another', async () => {
  const lost = payment('12.00')
  const key = await takeUp(lost)
  const again = payment('12.00')
  expect(await takeUp(again)).toBe(key)
  expect(await takeUp(payment('13.00'))).not.toBe(key)
  settle(again)
  expect(await takeUp(payment('12.00'))).not.toBe(key)
})
