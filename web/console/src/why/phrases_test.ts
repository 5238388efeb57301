import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Schema } from '../api/types'
import { type Values, type Wording, worded } from '../i18n/catalogue'
import { type Language, languages, localeOf } from '../i18n/language'
import { usePhraseText } from './phrase_messages'
import { type Say, sayBy } from './phrases'

type Phrase = Schema<'Phrase'>
type Key = Phrase['key']

const facts: Required<Schema<'PhraseFacts'>> = {
  text: 'Ann', code: 'net-100', count: 2, days: 15, of: 12, first: 4, last: 6, version: 7, quantity: 8,
  date: '2026-01-17', from: '2026-01-01', to: '2026-02-01',
  amount: { amount: '1234.50', currency: 'USD' }, remainder: { amount: '0.01', currency: 'USD' }, price: { amount: '40.00', currency: 'USD' },
  number: '40.00', rate: '1.5', exact: '19.354838709677…',
}
const locales: Record<Language, string> = { en: 'en-US', es: localeOf('es', ['es-ES']), ar: localeOf('ar', ['ar']) }
const saysIn = (language: Language): Say =>
  sayBy((key, values: Values = {}) => worded(usePhraseText.all, language, locales[language], key, values), locales[language])

const nothing: Phrase = { key: 'none', facts: {} }
const stepOf = (remark: Phrase[]): Schema<'ExplanationStep'> => ({
  label: 'in English', value: 'in English', remark: 'in English', agrees: true, phrases: { label: nothing, value: nothing, remark },
})
const plain = (text: string) => text.replace(/[\u2066-\u2069\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' ')
const told = (language: Language, ...remark: Phrase[]) => plain(saysIn(language)(stepOf(remark), 'remark'))

// Key, text and singular, where the program makes the English of them.
const forms = [...readFileSync(new URL('../../../../src/app/phrases.hpp', import.meta.url), 'utf8').matchAll(/PhraseForm\{"(\w+)",\s*"([^"]*)"/g)].map(
  ([, key = '', text = '']) => ({ key: key as Key, text }),
)
const placeholdersOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
const wordingOf = (wording: Wording) => (typeof wording === 'string' ? wording : Object.values(wording).join(' '))
const latinWords = (text: string): string[] => text.toLowerCase().match(/[a-záéíóúüñ]{3,}/g) ?? []
const spoken = Object.keys(languages) as Language[]

it('words what the program says, with the facts that it gives', () => {
  const { joined, multiplied, ...wordings } = usePhraseText.all.en
  expect(forms.map(({ key }) => key).sort()).toEqual(Object.keys(wordings).sort())
  for (const { key, text } of forms) expect(placeholdersOf(wordingOf(wordings[key])), key).toEqual(placeholdersOf(text))
})

describe.each(spoken)('in %s', (language) => {
  it.each([0, 1, 2, 3, 11, 100])('puts in all facts, for a count of %d', (count) => {
    for (const { key } of forms) expect(told(language, { key, facts: { ...facts, count } }), key).not.toMatch(/[{}]|^$|undefined|NaN/)
  })
  it('closes what it keeps apart', () => {
    const text = saysIn(language)(stepOf(forms.map(({ key }) => ({ key, facts }))), 'remark')
    expect(text.match(/[\u2066-\u2068]/g)?.length).toBe(text.match(/\u2069/g)?.length)
  })
})

describe.each(['es', 'ar'] as const)('no word of the English is left in %s', (language) => {
  const same_in_spanish = ['total']
  const names = ['ann', 'net', 'usd', 'cpe']
  it.each(forms)('$key', ({ key, text }) => {
    const english = latinWords(text.replace(/\{\w+\}/g, ' ')).filter((word) => !same_in_spanish.includes(word))
    const words = latinWords(told(language, { key, facts }))
    expect(words.filter((word) => english.includes(word) && !names.includes(word))).toEqual([])
    if (language === 'ar') expect(words.filter((word) => !names.includes(word))).toEqual([])
  })
})

it('writes dates, money and numbers as the viewer does', () => {
  const version: Phrase = { key: 'price_version', facts: { version: 3, date: '2026-01-01' } }
  expect(told('en', version)).toBe('version 3, valid from Jan 1, 2026')
  expect(told('es', version)).toBe('versión 3, válida desde el 1 ene 2026')
  expect(told('ar', version)).toBe('الإصدار 3، ساري من 01/01/2026')
  const tax: Phrase = { key: 'tax_on_top', facts: { rate: '1.5', amount: { amount: '1234.50', currency: 'EUR' }, exact: '18.517500000001…' } }
  expect(told('es', tax)).toBe('1,5 % añadido a 1234,50 € = 18,517500000001…')
  expect(told('ar', tax)).toContain('1.5 % تُضاف إلى')
})

it('says a half-open period by its last day', () => {
  expect(told('en', { key: 'period', facts: { from: '2026-01-17', to: '2026-02-01' } })).toBe('Jan 17, 2026 – Jan 31, 2026')
})

it('takes the plural form of what is counted', () => {
  const days = (count: number): Phrase[] => [{ key: 'days', facts: { count } }, { key: 'days_suspended', facts: { count: 1 } }]
  expect(told('es', ...days(1))).toBe('1 día, no se cobra 1 día suspendido')
  expect(told('es', ...days(20))).toBe('20 días, no se cobra 1 día suspendido')
  expect(told('ar', ...days(1))).toBe('يوم واحد، لا يُحتسب يوم معلّق واحد')
  expect(told('ar', ...days(20))).toBe('20 يومًا، لا يُحتسب يوم معلّق واحد')
})

it('writes a formula from left to right in every language', () => {
  const formula: Phrase[] = [
    { key: 'factor_less', facts: { number: '40.00' } },
    { key: 'factor_quantity', facts: { quantity: 3 } },
    { key: 'factor_days', facts: { days: 15, count: 31 } },
  ]
  expect(told('es', ...formula)).toBe('-40,00 × 3 × 15 / 31 días')
  expect(told('ar', ...formula)).toBe('-40.00 × 3 × 15 / 31 يومًا')
  expect(saysIn('ar')(stepOf(formula), 'remark')).toMatch(/^\u2066.*\u2069$/)
  expect(saysIn('es')(stepOf(formula), 'remark')).not.toMatch(/[\u2066-\u2069]/)
})

it('gives the English of what it does not know, and nothing for nothing', () => {
  expect(told('es', { key: 'of_same_line', facts: {} }, { key: 'from_a_newer_server' as Key, facts: {} })).toBe('in English')
  expect(told('es')).toBe('')
})
