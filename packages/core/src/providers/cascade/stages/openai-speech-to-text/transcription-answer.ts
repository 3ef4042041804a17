import type { Transcript } from '../../stages.ts'
import { isRecord, stringOf } from '../http/json-value.ts'

/** Confidence where a server tells none: its words count. */
const unknownConfidence = 0

/** A transcription as the server writes it: events of a stream, or one object. */
export interface TranscriptionAnswer {
  /** Takes the next object; answers with the text that is new. */
  push(value: Readonly<Record<string, unknown>>): string
  /** `undefined` while the text is not complete. */
  readonly transcript: Transcript | undefined
}

/** Creates an empty answer; `language` is what was asked for. */
export function createTranscriptionAnswer(language: string | undefined): TranscriptionAnswer {
  let text = ''
  let transcript: Transcript | undefined

  function finish(value: Readonly<Record<string, unknown>>): string {
    const whole = stringOf(value['text'])
    transcript = {
      text: whole.trim(),
      confidence:
        meanOf(value['logprobs'], 'logprob') ?? meanOf(value['segments'], 'avg_logprob') ?? unknownConfidence,
      language: languageTag(stringOf(value['language'])) ?? language,
    }
    return whole.startsWith(text) ? whole.slice(text.length) : ''
  }

  return {
    push(value) {
      switch (value['type']) {
        case 'transcript.text.delta': {
          const delta = stringOf(value['delta'])
          text += delta
          return delta
        }
        case 'transcript.text.done':
          return finish(value)
        default:
          return typeof value['text'] === 'string' && value['type'] === undefined ? finish(value) : ''
      }
    },
    get transcript() {
      return transcript
    },
  }
}

function meanOf(list: unknown, field: string): number | undefined {
  if (!Array.isArray(list)) return undefined
  const values = list.flatMap((entry) => {
    const value: unknown = isRecord(entry) ? entry[field] : undefined
    return typeof value === 'number' ? [value] : []
  })
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Whisper servers name the language they heard by its tag or in English. */
function languageTag(name: string): string | undefined {
  if (/^[a-z]{2,3}(?:-[a-z0-9]+)*$/i.test(name) && name.length <= 5) return name.toLowerCase()
  return englishNames[name.toLowerCase()]
}

const englishNames: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  dutch: 'nl',
  polish: 'pl',
  russian: 'ru',
  ukrainian: 'uk',
  turkish: 'tr',
  chinese: 'zh',
  japanese: 'ja',
  korean: 'ko',
  arabic: 'ar',
  hindi: 'hi',
}
