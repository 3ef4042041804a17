import { encodeWav } from '@parley/audio'
import type { SpeechToText, Transcript } from '../../stages.ts'
import { primaryTag } from '../../../speech/voice-choice.ts'
import { formBody } from '../http/form-body.ts'
import { isRecord, parseJson, stringOf } from '../http/json-value.ts'
import { parseComplaint } from '../http/server-errors.ts'
import { createRequestWatch } from '../http/watch.ts'
import { azureSpeechEndpoint, azureSpeechErrors, type AzureSpeechOptions } from './azure-speech-endpoint.ts'

/** Options of `azureSpeechToText`. */
export interface AzureSpeechToTextOptions extends AzureSpeechOptions {
  /**
   * Locales that may be spoken, the default first. A session that names no language lets the service choose among
   * them. Default: twelve that fast transcription knows, `en-US` first.
   */
  readonly languages?: readonly string[]
  /** Words the service should expect, such as names. */
  readonly phrases?: readonly string[]
  /** Longest piece of sound in one request, in seconds. Default 120. */
  readonly maxSeconds?: number
  /** Longest wait for the answer. Default 30,000. */
  readonly timeoutMs?: number
}

/** Locales of fast transcription with language identification (how-to page, 2026-03). */
const knownLocales: readonly string[] =
  'en-US de-DE es-ES fr-FR it-IT pt-BR ja-JP ko-KR zh-CN hi-IN en-IN es-MX'.split(' ')

/**
 * Azure Speech by its fast transcription resource: whole turns, answered faster than they were spoken. Rejects with a
 * `RealtimeError` that names the setting to check; throws `invalid_value` for unusable options.
 */
export function azureSpeechToText(options: AzureSpeechToTextOptions): SpeechToText {
  const { languages = knownLocales, phrases = [], timeoutMs = 30_000, fetch = globalThis.fetch } = options
  const endpoint = azureSpeechEndpoint(options)

  function definition(language: string | undefined): string {
    return JSON.stringify({
      locales: language === undefined ? languages : [localeOf(language, languages)],
      profanityFilterMode: 'None',
      ...(phrases.length > 0 && { phraseList: { phrases } }),
    })
  }

  return {
    name: 'azure-speech',
    languages,
    maxSeconds: options.maxSeconds ?? 120,
    async transcribe({ samples, sampleRate }, { language, signal }) {
      signal.throwIfAborted()
      const watch = createRequestWatch(signal, azureSpeechErrors)
      const form = new FormData()
      form.set('audio', new Blob([encodeWav(samples, sampleRate)], { type: 'audio/wav' }), 'speech.wav')
      form.set('definition', definition(language))
      try {
        const headers = await endpoint.headers(watch.signal)
        const { body, contentType } = await formBody(form)
        const { ok, status, text } = await watch.within(timeoutMs, 'no_answer', async () => {
          const response = await fetch(endpoint.transcriptions, {
            method: 'POST',
            headers: { ...headers, 'content-type': contentType, accept: 'application/json' },
            body,
            signal: watch.signal,
          })
          return { ok: response.ok, status: response.status, text: await response.text() }
        })
        if (!ok) throw azureSpeechErrors.complaint(status, parseComplaint(text), endpoint.redact)
        return toTranscript(parseJson(text), language)
      } finally {
        watch.close()
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** The locale that fits a tag: itself, the first listed of its language, else the tag as it is. */
function localeOf(language: string, locales: readonly string[]): string {
  const same = locales.find((locale) => locale.toLowerCase() === language.toLowerCase())
  return same ?? locales.find((locale) => primaryTag(locale) === primaryTag(language)) ?? language
}

function toTranscript(body: unknown, language: string | undefined): Transcript {
  const combined: unknown = isRecord(body) ? body['combinedPhrases'] : undefined
  if (!isRecord(body) || !Array.isArray(combined)) throw azureSpeechErrors.connection('garbled')
  const phrases = (Array.isArray(body['phrases']) ? body['phrases'] : []).filter(isRecord)
  const scores = phrases.flatMap(({ confidence }) =>
    typeof confidence === 'number' && confidence > 0 ? [Math.log(confidence)] : [],
  )
  return {
    text: combined
      .filter(isRecord)
      .map((phrase) => stringOf(phrase['text']))
      .join(' ')
      .trim(),
    confidence: scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    language: stringOf(phrases[0]?.['locale']) || language,
  }
}
