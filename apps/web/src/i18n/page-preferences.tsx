'use client'

import { createContext, useContext, useMemo, useState, type JSX, type ReactNode } from 'react'
import type { Messages } from './en.ts'
import { messages, type PageLanguage } from './messages.ts'
import { themes, type Theme } from './theme.ts'

/** Language and appearance of the page, with the means to change them. */
export interface PagePreferences {
  readonly language: PageLanguage
  readonly theme: Theme
  readonly text: Messages
  readonly format: Formats
  readonly setLanguage: (language: PageLanguage) => void
  readonly setTheme: (theme: Theme) => void
}

/** Numbers and times as the language writes them. */
export interface Formats {
  readonly integer: (value: number) => string
  readonly decimal: (value: number) => string
  /** Time of day to the second. */
  readonly time: (at: number) => string
  /** Minutes, seconds and milliseconds. */
  readonly preciseTime: (at: number) => string
  /** Day and time. */
  readonly date: (at: number) => string
  /** A day given as ISO 8601; anything else as it is. */
  readonly day: (date: string) => string
  /** A multiple, as `1.25×`. */
  readonly factor: (value: number) => string
  /** US dollars. */
  readonly price: (dollars: number) => string
  readonly megabytes: (bytes: number) => string
  /** Name of a language by its tag. */
  readonly languageName: (tag: string) => string
}

const PreferencesContext = createContext<PagePreferences | undefined>(undefined)

/** Preferences of the page; throws outside of the provider. */
export function usePreferences(): PagePreferences {
  const preferences = useContext(PreferencesContext)
  if (!preferences) throw new Error('PreferencesProvider is missing.')
  return preferences
}

/** Starts with what the server read from the cookies, and keeps changes there: the next page comes out right. */
export function PreferencesProvider(props: {
  readonly language: PageLanguage
  readonly theme: Theme
  readonly children: ReactNode
}): JSX.Element {
  const [language, setLanguage] = useState(props.language)
  const [theme, setTheme] = useState(props.theme)
  const value = useMemo<PagePreferences>(
    () => ({
      language,
      theme,
      text: messages[language],
      format: formatsOf(language),
      setLanguage: (next) => {
        keep('parley-language', next)
        document.documentElement.lang = next
        setLanguage(next)
      },
      setTheme: (next) => {
        keep('parley-theme', next)
        document.documentElement.dataset['theme'] = themes.find((theme) => theme === next) ?? 'system'
        setTheme(next)
      },
    }),
    [language, theme],
  )
  return <PreferencesContext value={value}>{props.children}</PreferencesContext>
}

function keep(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`
}

function formatsOf(language: PageLanguage): Formats {
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  const integer = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const decimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const megabytes = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  })
  const time = new Intl.DateTimeFormat(language, clock)
  const preciseTime = new Intl.DateTimeFormat(language, {
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const factor = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  const price = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' })
  const names = new Intl.DisplayNames(language, { type: 'language' })
  return {
    integer: (value) => integer.format(value),
    decimal: (value) => decimal.format(value),
    time: (at) => time.format(at),
    preciseTime: (at) => preciseTime.format(at),
    date: (at) => date.format(at),
    day: (date) => (Number.isNaN(Date.parse(date)) ? date : day.format(new Date(date))),
    factor: (value) => `${factor.format(value)}×`,
    price: (dollars) => price.format(dollars),
    megabytes: (bytes) => megabytes.format(bytes / 1_000_000),
    languageName: (tag) => nameOf(names, tag),
  }
}

/** The language by name; a tag that is no BCP 47 tag is shown as it is. */
function nameOf(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}
