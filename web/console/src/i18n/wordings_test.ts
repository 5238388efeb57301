import { describe, expect, it } from 'vitest'
import type { Catalogue, Wording } from './catalogue'
import { type Language, languages } from './language'

type Hook = { all: Catalogue<string> }

const modules = import.meta.glob<Record<string, unknown>>('../**/*messages.ts', { eager: true })
const sources = import.meta.glob<string>('../**/*.{ts,tsx}', { eager: true, query: '?raw', import: 'default' })

const isHook = (exported: unknown): exported is Hook => typeof exported === 'function' && 'all' in exported
const catalogues = Object.entries(modules).flatMap(([path, exports]) =>
  Object.entries(exports).flatMap(([name, exported]) => (isHook(exported) ? [{ name: `${path} ${name}`, all: exported.all }] : [])),
)
const spoken = Object.keys(languages) as Language[]

const placeholdersOf = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort()
const formsOf = (wording: Wording): string[] => (typeof wording === 'string' ? [wording] : Object.values(wording))
const placeholdersIn = (wording: Wording): string[] => placeholdersOf(formsOf(wording).join(' '))
// "One row" says its number in words.
const ofEveryForm = (names: string[]): string[] => names.filter((name) => name !== 'count')

it('finds the catalogues, and there is none anywhere else', () => {
  const speaking = Object.entries(sources).filter(([path, text]) => !path.endsWith('_test.ts') && /= catalogue\(\{/.test(text))
  expect(speaking.length).toBeGreaterThan(20)
  expect(speaking.map(([path]) => path).filter((path) => !(path in modules))).toEqual([])
  expect(catalogues.length).toBeGreaterThanOrEqual(speaking.length)
})

describe.each(catalogues)('$name', ({ all }) => {
  const keys = Object.keys(all.en)

  it.each(spoken)('has all wordings in %s, and no empty ones', (language) => {
    expect(Object.keys(all[language]).sort()).toEqual([...keys].sort())
    expect(keys.filter((key) => formsOf(all[language][key] ?? '').some((form) => form.trim() === ''))).toEqual([])
  })

  it.each(spoken)('says in %s what the English says, of the same things', (language) => {
    for (const key of keys) expect(placeholdersIn(all[language][key] ?? ''), key).toEqual(placeholdersIn(all.en[key] ?? ''))
  })

  it.each(spoken)('leaves nothing but the count out of a plural form in %s', (language) => {
    for (const key of keys)
      for (const form of formsOf(all[language][key] ?? ''))
        expect(ofEveryForm(placeholdersOf(form)), `${key}: ${form}`).toEqual(ofEveryForm(placeholdersIn(all.en[key] ?? '')))
  })

  it.each(spoken)('has every plural form of %s', (language) => {
    // Spanish has another one for whole millions, which is the usual one with "de"; nothing here comes to that.
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== 'many' || language !== 'es')
    for (const key of keys) {
      const wording = all[language][key] ?? ''
      if (typeof wording !== 'string') expect(Object.keys(wording).sort(), key).toEqual([...wanted].sort())
    }
  })
})
