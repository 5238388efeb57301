import { expect, it } from 'vitest'
import { type Catalogue, worded } from './catalogue'
import { localeOf } from './language'

const all: Catalogue<'rows' | 'hello'> = {
  en: { rows: { one: '{count} row', other: '{count} rows' }, hello: 'Hello {name}' },
  es: { rows: { one: '{count} fila', other: '{count} filas' }, hello: 'Hola {name}' },
  ar: { rows: { few: '{count} صفوف', other: '{count} صف' } },
}

it('takes the plural form of the language', () => {
  expect(worded(all, 'en', 'en', 'rows', { count: 1 })).toBe('1 row')
  expect(worded(all, 'es', 'es', 'rows', { count: 0 })).toBe('0 filas')
  expect(worded(all, 'ar', 'ar', 'rows', { count: 3 })).toBe('3 صفوف')
})

it('says in English what it has no words for, and leaves what it was not told', () => {
  expect(worded(all, 'ar', 'ar', 'hello', { name: 'Ann' })).toBe('Hello Ann')
  expect(worded(all, 'en', 'en', 'hello', {})).toBe('Hello {name}')
})

it('writes numbers and dates by the viewer’s own locale of that language', () => {
  expect(localeOf('es', ['en-US', 'es-MX'])).toBe('es-MX')
  expect(localeOf('es', ['en-US'])).toBe('es')
  expect(localeOf('ar', ['ar-EG'])).toBe('ar-EG-u-nu-latn')
})
