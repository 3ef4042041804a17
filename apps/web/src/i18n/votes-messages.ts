import { votesTexts as de } from './de-votes.ts'
import { votesTexts as en, type VotesTexts } from './en-votes.ts'
import type { PageLanguage } from './messages.ts'
import { usePreferences } from './page-preferences.tsx'

/** Texts of the view of votes by language. Apart from the other texts, so that only this view loads them. */
export const votesMessages: Readonly<Record<PageLanguage, VotesTexts>> = { en, de }

/** Texts of the view of votes in the language of the page. */
export function useVotesText(): VotesTexts {
  return votesMessages[usePreferences().language]
}
