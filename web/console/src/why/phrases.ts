import { useMemo } from 'react'
import type { Schema } from '../api/types'
import type { Text, Values } from '../i18n/catalogue'
import { useLanguage } from '../i18n/language'
import { addDays, formatDate, formatDecimal, formatMoney } from '../ui/format'
import { usePhraseText } from './phrase_messages'

type Step = Schema<'ExplanationStep'>
type Phrase = Schema<'Phrase'>
type Facts = Required<Schema<'PhraseFacts'>>
type PhraseText = ReturnType<typeof usePhraseText> extends Text<infer Key> ? Text<Key> : never
type Formats = { [Name in keyof Facts]: (value: Facts[Name], locale: string) => string | number }

// A part of a step in the viewer's language.
export type Say = (step: Step, part: keyof Step['phrases']) => string

const as_it_is = <Value extends string | number>(value: Value): Value => value

const formats: Formats = {
  text: as_it_is, code: as_it_is,
  count: as_it_is, days: as_it_is, of: as_it_is, first: as_it_is, last: as_it_is, version: as_it_is, quantity: as_it_is,
  date: formatDate, from: formatDate, to: (date, locale) => formatDate(addDays(date, -1), locale),
  amount: formatMoney, remainder: formatMoney, price: formatMoney,
  number: formatDecimal, rate: formatDecimal, exact: formatDecimal,
}
const names = Object.keys(formats) as (keyof Facts)[]

function formatted<Name extends keyof Facts>(name: Name, facts: Partial<Facts>, locale: string): Values {
  const value: Facts[Name] | undefined = facts[name]
  return value === undefined ? {} : { [name]: formats[name](value, locale) }
}

const isKnown = ({ key }: Phrase): boolean => key in usePhraseText.all.en
const isFactor = ({ key }: Phrase): boolean => key.startsWith('factor_')

export function sayBy(t: PhraseText, locale: string): Say {
  const worded = ({ key, facts }: Phrase): string => t(key, Object.assign({}, ...names.map((name) => formatted(name, facts, locale))))
  const joined = (before: string, phrase: Phrase): string => t(isFactor(phrase) ? 'multiplied' : 'joined', { before, after: worded(phrase) })
  return (step, part) => {
    const phrases = [step.phrases[part]].flat()
    // A newer server may say what this console has no words for yet.
    if (!phrases.every(isKnown)) return step[part]
    const [first, ...others] = phrases
    return first ? others.reduce(joined, worded(first)) : ''
  }
}

export function useSay(): Say {
  const t = usePhraseText()
  const { locale } = useLanguage()
  return useMemo(() => sayBy(t, locale), [t, locale])
}
