import { runsTexts as de } from './de-runs.ts'
import { runsTexts as en, type RunsTexts } from './en-runs.ts'
import type { PageLanguage } from './messages.ts'
import { usePreferences } from './page-preferences.tsx'

/** Texts of the views of kept runs by language. Apart from the other texts, so that only these views load them. */
export const runsMessages: Readonly<Record<PageLanguage, RunsTexts>> = { en, de }

/** Texts of the views of kept runs in the language of the page. */
export function useRunsText(): RunsTexts {
  return runsMessages[usePreferences().language]
}
