import { useCallback } from 'react'
import { type Language, useLanguage } from './language'

// A wording, or one for each plural form of its `count`.
export type Wording = string | Partial<Record<Intl.LDMLPluralRule, string>>
type Wordings<Key extends string> = Record<Key, Wording>
export type Values = Record<string, string | number>
export type Text<Key extends string> = (key: Key, values?: Values) => string

export interface Catalogue<Key extends string> {
  en: Wordings<Key>
  es: Wordings<Key>
  // Only the shell has to be there; what is missing is said in English.
  ar?: Partial<Wordings<Key>>
}

// A catalogue stands beside the pages that speak by it and is loaded with them.
// GIVES: a hook whose function words a key in the viewer's language.
export function catalogue<const Key extends string>(all: Catalogue<Key>): () => Text<Key> {
  return function useText() {
    const { language, locale } = useLanguage()
    return useCallback((key, values = {}) => worded(all, language, locale, key, values), [language, locale])
  }
}

export function worded<Key extends string>(
  all: Catalogue<Key>,
  language: Language,
  locale: string,
  key: Key,
  values: Values,
): string {
  const wording = all[language]?.[key] ?? all.en[key]
  return pluralOf(wording, locale, values).replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  )
}

function pluralOf(wording: Wording, locale: string, values: Values): string {
  if (typeof wording === 'string') return wording
  const form = new Intl.PluralRules(locale).select(Number(values.count ?? 0))
  return wording[form] ?? wording.other ?? ''
}
