import { de } from './de.ts'
import { en, type Messages } from './en.ts'

/** The languages of the page. */
export const pageLanguages = ['en', 'de'] as const

/** A language of the page. */
export type PageLanguage = (typeof pageLanguages)[number]

/** All texts by language. */
export const messages: Readonly<Record<PageLanguage, Messages>> = { en, de }

/** The language asked for by name, `undefined` for one the page does not speak. */
export function parsePageLanguage(name: string | undefined): PageLanguage | undefined {
  return pageLanguages.find((language) => language === name)
}

/**
 * The first language of an `Accept-Language` header that the page speaks, else English. Browsers fill the header
 * from `navigator.languages`, best first.
 */
export function preferredLanguage(acceptLanguage: string | null): PageLanguage {
  const tags = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => entry.split(';')[0]?.trim().toLowerCase() ?? '')
  for (const tag of tags) {
    const language = parsePageLanguage(tag.split('-')[0])
    if (language) return language
  }
  return 'en'
}
