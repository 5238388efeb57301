import { expect, it } from 'vitest'
import { type Catalogue, worded } from './catalogue'
import { localeOf } from './language'

const all: Catalogue<'rows' | 'hello'> = {
  en: { rows: { one: '{count} row', other: '{count} rows' }, hello: 'Hello {name}' },
  es: { rows: { one: '{count} fila', other: '{count} filas' }, hello: 'Hola {name}' },
  ar: { rows: { few: '{count} صفوف', other: '{count} صف' }, hello: 'مرحبًا {name}' },
}

it('takes the plural form of the language', () => {
  expect(worded(all, 'en', 'en', 'rows', { count: 1 })).toBe('1 row')
  expect(worded(all, 'es', 'es', 'rows', { count: 0 })).toBe('0 filas')
  expect(worded(all, 'ar', 'ar', 'rows', { count: 3 })).toBe('3 صفوف')
})

it('writes a count as the viewer does, and takes the plural form of all of it', () => {
  expect(worded(all, 'en', 'en-US', 'rows', { count: 1234 })).toBe('1,234 rows')
  expect(worded(all, 'es', 'es-ES', 'rows', { count: 12345 })).toBe('12.345 filas')
  expect(worded(all, 'ar', 'ar-u-nu-latn', 'rows', { count: 1003 })).toBe('1,003 صفوف')
})

it('keeps names apart from a sentence that is read from right to left', () => {
  expect(worded(all, 'ar', 'ar', 'hello', { name: 'S000018' })).toBe('مرحبًا \u2068S000018\u2069')
  expect(worded(all, 'ar', 'ar', 'hello', { name: '' })).toBe('مرحبًا ')
  expect(worded(all, 'en', 'en', 'hello', { name: 'Ann' })).toBe('Hello Ann')
})

it('leaves what it was not told', () => {
  expect(worded(all, 'en', 'en', 'hello', {})).toBe('Hello {name}')
})

it('writes numbers and dates by the viewer’s own locale of that language', () => {
  expect(localeOf('es', ['en-US', 'es-MX'])).toBe('es-MX')
  expect(localeOf('es', ['en-US'])).toBe('es')
  expect(localeOf('ar', ['ar-EG'])).toBe('ar-EG-u-nu-latn')
})
