import { DirectionProvider } from '@mantine/core'
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react'
import { remembered, remember } from '../ui/memory'

export const languages = { en: 'English', es: 'Español', ar: 'العربية' } as const
export type Language = keyof typeof languages

interface Choice {
  language: Language
  // What dates and numbers are written by: the viewer's own locale where it is of this language.
  locale: string
  choose: (language: Language) => void
  // The user's own, which holds until another one is chosen here.
  suggest: (language: string) => void
}

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr')

const Context = createContext<Choice | null>(null)

const isLanguage = (word: string | null | undefined): word is Language => !!word && word in languages

function firstChoice(): Language {
  const kept = remembered('language')
  if (isLanguage(kept)) return kept
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en'
}

export function localeOf(language: Language, wished: readonly string[]): string {
  const own = wished.find((tag) => tag.split('-')[0] === language)
  // Digits stay the ones that bank statements and invoices show.
  return language === 'ar' ? `${own ?? 'ar'}-u-nu-latn` : (own ?? language)
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstChoice)
  const direction = directionOf(language)
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction
  }, [language, direction])
  const choice = useMemo(
    () => ({
      language,
      locale: localeOf(language, navigator.languages),
      choose: (next: Language) => {
        remember('language', next)
        setLanguage(next)
      },
      suggest: (word: string) => {
        if (remembered('language') === null && isLanguage(word)) setLanguage(word)
      },
    }),
    [language],
  )
  return (
    <Context value={choice}>
      <DirectionProvider key={direction} initialDirection={direction} detectDirection={false}>
        {children}
      </DirectionProvider>
    </Context>
  )
}

export function useLanguage(): Choice {
  const choice = useContext(Context)
  if (!choice) throw new Error('there is no LanguageProvider')
  return choice
}
