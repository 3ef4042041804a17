import type { Source } from '../compare/cells.ts'
import type { TokenRates } from './call-cost.ts'

/** Tokens of a second of sound, how that is known, and whether each answer is charged for what was said before. */
export interface KnownRates extends TokenRates {
  readonly repeats: boolean
  readonly source: Source
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
  },
}

/** How a backend counts sound, `undefined` where nobody says. */
export function ratesOf(name: string): KnownRates | undefined {
  return rates[name]
}
