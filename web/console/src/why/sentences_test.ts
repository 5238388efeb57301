import { expect, it } from 'vitest'
import type { Schema } from '../api/types'
import { worded } from '../i18n/catalogue'
import type { Language } from '../i18n/language'
import { useWhyText } from './messages'
import { usePhraseText } from './phrase_messages'
import { sayBy } from './phrases'
import { sentencesOf } from './sentences'

const dollars = (amount: string) => ({ amount, currency: 'USD' })
const line: Schema<'Line'> = {
  id: 'line_6h0w7mrpqmg03', position: 1, sub_service: 'home', item: 'net', name: 'Internet 100', item_type: 'service', kind: 'recurring',
  from: '2026-01-17', to: '2026-02-01', days: 15, of_days: 31, quantity: '1', unit_price: dollars('40.00'), amount: dollars('19.35'),
  taxes: [{ code: 'vat', name: 'VAT', rate: '1.5', included: false, amount: dollars('0.29') }],
  net: dollars('19.35'), tax: dollars('0.29'), gross: dollars('19.64'), installment: null, billing_date: '2026-01-17', rounding: 'half_up', credits: null, discount: null,
}
type Phrase = Schema<'Phrase'>
const step = (label: Phrase['key'], value: Phrase, ...remark: Phrase[]): Schema<'ExplanationStep'> => ({
  label: 'in English', value: 'in English', remark: 'in English', agrees: true, phrases: { label: { key: label, facts: {} }, value, remark },
})
const explanation: Schema<'Explanation'> = {
  line: line.id,
  agrees: true,
  steps: [
    step('step_price', { key: 'price', facts: { price: dollars('40.00') } }, { key: 'price_version', facts: { version: 3, date: '2026-01-01' } }),
    step('step_exact', { key: 'exact', facts: { exact: '19.354838709677…' } }, { key: 'factor_number', facts: { number: '40.00' } }, { key: 'factor_days', facts: { days: 15, count: 31 } }),
    step('step_amount', { key: 'amount', facts: { amount: dollars('19.35') } }, { key: 'rounded_half_up', facts: { count: 2 } }),
  ],
}

function sentencesIn(language: Language, locale: string): string[] {
  const say = sayBy((key, values = {}) => worded(usePhraseText.all, language, locale, key, values), locale)
  const sentences = sentencesOf(line, explanation, (key, values = {}) => worded(useWhyText.all, language, locale, key, values), say, locale)
  return sentences.map((sentence) => sentence.replace(/[\u2066-\u2069\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' '))
}

it('tells a part of a period in Spanish', () => {
  expect(sentencesIn('es', 'es-ES')).toEqual([
    'Internet 100 cuesta 40,00 US$ por período completo (versión 3, válida desde el 1 ene 2026).',
    'Se cobran 15 de los 31 días del período completo: 17 ene 2026 – 31 ene 2026.',
    'Son 40,00 × 15 / 31 días = 19,354838709677…; redondeado a 2 decimales, mitad hacia arriba: 19,35 US$.',
    'VAT, 1,5 % añadido: 0,29 US$.',
  ])
})

it('tells it in Arabic, with no Latin letters but those of names and currencies', () => {
  const sentences = sentencesIn('ar', 'ar-u-nu-latn')
  expect(sentences).toHaveLength(4)
  expect(sentences[2]).toContain('أي 40.00 × 15 / 31 يومًا = 19.354838709677…؛ بالتقريب إلى منزلتين عشريتين، النصف إلى أعلى:')
  expect(sentences.join(' ').replaceAll('Internet 100', '').replaceAll('VAT', '').replaceAll('US$', '')).not.toMatch(/[A-Za-z]/)
})
