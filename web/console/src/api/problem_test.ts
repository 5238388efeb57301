import { expect, it } from 'vitest'
import { ApiProblem, problemIn, problemOf } from './problem'

const body = {
  type: 'about:blank', title: 'Bad Request', status: 400, code: 'invalid_request', detail: 'two members are wrong', instance: 'abc',
  errors: [
    { where: 'body' as const, field: 'amount.amount', message: 'has too many decimals' },
    { where: 'query' as const, field: 'limit', message: 'is too large' },
  ],
}

it('keeps what a problem says, and tells a form what is wrong with its fields', async () => {
  const problem = await problemIn(new Response(null, { status: 400 }), body)
  expect(problem).toBeInstanceOf(ApiProblem)
  expect(problem).toMatchObject({ status: 400, code: 'invalid_request', instance: 'abc' })
  expect(problem.fieldErrors()).toEqual({ 'amount.amount': 'has too many decimals', amount: 'has too many decimals' })
})

it('makes a problem of an answer that is none, and of a server that is not there', async () => {
  expect(await problemIn(new Response(null, { status: 502, statusText: 'Bad Gateway' }), '<html>')).toMatchObject({ status: 502, detail: 'Bad Gateway' })
  expect(problemOf(new TypeError('Failed to fetch')).code).toBe('unreachable')
})
