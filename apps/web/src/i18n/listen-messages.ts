import { listenTexts as de } from './de-listen.ts'
import { listenTexts as en, type ListenTexts } from './en-listen.ts'
import type { PageLanguage } from './messages.ts'
import { usePreferences } from './page-preferences.tsx'

/** Texts of the view that listens, by language. Apart from the other texts, so that only this view loads them. */
export const listenMessages: Readonly<Record<PageLanguage, ListenTexts>> = { en, de }

/** Texts of the view that listens, in the language of the page. */
export function useListenText(): ListenTexts {
  return listenMessages[usePreferences().language]
}
