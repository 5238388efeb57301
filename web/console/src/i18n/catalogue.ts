import { useCallback } from 'react'
import { formatCount } from '../ui/format'
import { directionOf, type Language, useLanguage } from './language'

// A wording, or one for each plural form of its `count`.
export type Wording = string | Partial<Record<Intl.LDMLPluralRule, string>>
type Wordings<Key extends string> = Record<Key, Wording>
export type Values = Record<string, string | number>
export type Text<Key extends string> = (key: Key, values?: Values) => string
export type Catalogue<Key extends string> = Record<Language, Wordings<Key>>

// A catalogue stands beside the pages that speak by it and is loaded with them.
// GIVES: a hook whose function words a key in the viewer's language; and the catalogue that it does so by.
export function catalogue<const Key extends string>(all: Catalogue<Key>): (() => Text<Key>) & { all: Catalogue<Key> } {
  function useText() {
    const { language, locale } = useLanguage()
    return useCallback<Text<Key>>((key, values = {}) => worded(all, language, locale, key, values), [language, locale])
  }
  return Object.assign(useText, { all })
}

export function worded<Key extends string>(
  all: Catalogue<Key>,
  language: Language,
  locale: string,
  key: Key,
  values: Values,
): string {
  const said = (name: string, value: string | number) => {
    if (typeof value === 'number') return name === 'count' ? formatCount(value, locale) : String(value)
    return directionOf(language) === 'rtl' ? isolated(value) : value
  }
  return pluralOf(all[language][key], locale, values).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : said(name, value)
  })
}

const first_strong_isolate = '\u2068'
const pop_directional_isolate = '\u2069'

// A name, a code or a date keeps its own direction, and does not turn around what stands beside it.
const isolated = (text: string): string => (text === '' ? '' : `${first_strong_isolate}${text}${pop_directional_isolate}`)

function pluralOf(wording: Wording, locale: string, values: Values): string {
  if (typeof wording === 'string') return wording
  const form = new Intl.PluralRules(locale).select(Number(values.count ?? 0))
  return wording[form] ?? wording.other ?? ''
}
