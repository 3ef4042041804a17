import { compareTexts as de } from './de-compare.ts'
import { compareTexts as en, type CompareTexts } from './en-compare.ts'
import type { PageLanguage } from './messages.ts'
import { usePreferences } from './page-preferences.tsx'

/** Texts of the compare view by language. Apart from the other texts, so that only this view loads them. */
export const compareMessages: Readonly<Record<PageLanguage, CompareTexts>> = { en, de }

/** Texts of the compare view in the language of the page. */
export function useCompareText(): CompareTexts {
  return compareMessages[usePreferences().language]
}
