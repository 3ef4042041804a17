import type { Source } from '../compare/cells.ts'
import type { Words } from '../site/language.ts'
import type { TokenRates } from './call-cost.ts'

/** Tokens of a second of sound, how that is known, and whether each answer is charged for what was said before. */
export interface KnownRates extends TokenRates {
  readonly repeats: boolean
  readonly source: Source
  /** What another source gives for a minute, and why that is not what is computed. */
  readonly otherwise?: Words
}

const openaiRates: KnownRates = {
  personPerSecond: 10,
  backendPerSecond: 20,
  repeats: true,
  source: {
    source: 'https://developers.openai.com/api/docs/guides/realtime-costs',
    date: '2026-11-22',
    confidence: 'documented',
  },
}

const rates: Readonly<Record<string, KnownRates>> = {
  openai: openaiRates,
  'azure-openai': openaiRates,
  duet: openaiRates,
  'voice-live': {
    ...openaiRates,
    source: {
      source: 'https://learn.microsoft.com/azure/ai-services/speech-service/voice-live, for OpenAI’s models',
      date: '2026-11-22',
      confidence: 'documented',
    },
  },
  'voice-live-byom': {
    ...openaiRates,
    repeats: false,
    source: {
      source:
        'A public note of 2026-05-22: only the sound that was spoken is charged, not what was said before',
      date: '2026-11-22',
      confidence: 'third-party',
    },
  },
  'gemini-live': {
    personPerSecond: 32,
    backendPerSecond: 32,
    repeats: true,
    source: {
      source: 'Reports of others give 25 to 32 tokens a second; the higher one is used',
      date: '2026-11-22',
      confidence: 'third-party',
    },
    otherwise: {
      en: 'Another source, the price lists of resellers, says from $0.005 a minute in and $0.018 out. That is what 25 tokens a second come to (rounded); counted here are 32, the higher report, and every answer is charged for what was said before as well, so the sum above is higher.',
      de: 'Eine andere Quelle, die Preislisten von Wiederverkäufern, nennt ab 0,005 $ je Minute hinein und 0,018 $ heraus. Das ergeben (gerundet) 25 Tokens je Sekunde; gerechnet wird hier mit 32, der höheren Angabe, und jede Antwort kostet auch das früher Gesagte, deshalb ist die Summe oben höher.',
    },
  },
}

/** How a backend counts sound, `undefined` where nobody says. */
export function ratesOf(name: string): KnownRates | undefined {
  return rates[name]
}
