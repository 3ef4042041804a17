import { memoryTexts as de } from './de-memory.ts'
import { memoryTexts as en, type MemoryTexts } from './en-memory.ts'
import type { PageLanguage } from './messages.ts'
import { usePreferences } from './page-preferences.tsx'

/** Texts of what is remembered by language. Apart from the other texts, so that only who looks at it loads them. */
export const memoryMessages: Readonly<Record<PageLanguage, MemoryTexts>> = { en, de }

/** Texts of what is remembered in the language of the page. */
export function useMemoryText(): MemoryTexts {
  return memoryMessages[usePreferences().language]
}
