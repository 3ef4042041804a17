import type { VoiceCapability } from '../../../capabilities.ts'
import type { Pcm, SynthesizeOptions, TextToSpeech } from '../../stages.ts'
import { pcmChunks } from '../http/pcm-chunks.ts'
import { parseComplaint } from '../http/server-errors.ts'
import { createRequestWatch, readBody } from '../http/watch.ts'
import { azureSpeechEndpoint, azureSpeechErrors, type AzureSpeechOptions } from './azure-speech-endpoint.ts'
import { parseAzureVoices } from '../../../speech/azure-voices.ts'
import { toSsml } from '../../../speech/azure-ssml.ts'

/** Options of `azureTextToSpeech`. */
export interface AzureTextToSpeechOptions extends AzureSpeechOptions {
  /** Voices that may be named before the list was read. Default: a woman and a man who speak many languages. */
  readonly voices?: readonly VoiceCapability[]
  /** Speaking style for every voice, for example `cheerful`. */
  readonly style?: string
  /** Longest wait for the head of the answer. Default 15,000. */
  readonly connectTimeoutMs?: number
  /** Longest silence inside the answer. Default 10,000. */
  readonly idleTimeoutMs?: number
}

/** Azure Speech as a voice; its list of voices grows when it is read. */
export interface AzureTextToSpeech extends TextToSpeech {
  /** Reads the service's own list of voices, from then on `voices`. Rejects with the errors of `synthesize`. */
  loadVoices(signal: AbortSignal): Promise<readonly VoiceCapability[]>
}

/** `raw-24khz-16bit-mono-pcm`: no header, so that each piece of the answer is sound. */
const sampleRate = 24_000

const defaultVoices: readonly VoiceCapability[] = [
  {
    name: 'en-US-AvaMultilingualNeural',
    title: 'Ava',
    languages: ['en-US', 'en', 'de', 'fr', 'es'],
    gender: 'female',
  },
  {
    name: 'en-US-AndrewMultilingualNeural',
    title: 'Andrew',
    languages: ['en-US', 'en', 'de', 'fr', 'es'],
    gender: 'male',
  },
]

/**
 * Azure Speech by its REST resource, spoken as it comes. Any voice of the service may be named, listed or not; the
 * iteration throws a `RealtimeError` that names the setting to check. Throws `invalid_value` for unusable options.
 */
export function azureTextToSpeech(options: AzureTextToSpeechOptions): AzureTextToSpeech {
  const { connectTimeoutMs = 15_000, idleTimeoutMs = 10_000, fetch = globalThis.fetch } = options
  const endpoint = azureSpeechEndpoint(options)
  let voices = options.voices ?? defaultVoices

  function languageOf(voice: string): string {
    const own = voices.find(({ name }) => name === voice)?.languages[0]
    return own ?? /^[a-z]{2,3}-[A-Z][A-Za-z]+/.exec(voice)?.[0] ?? 'en-US'
  }

  async function* synthesize(
    text: string,
    { voice, speed, signal }: SynthesizeOptions,
  ): AsyncGenerator<Pcm, void, undefined> {
    signal.throwIfAborted()
    const watch = createRequestWatch(signal, azureSpeechErrors)
    try {
      const headers = await endpoint.headers(watch.signal)
      const body = toSsml(text, { voice, language: languageOf(voice), speed, style: options.style })
      const response = await watch.within(connectTimeoutMs, 'no_answer', () =>
        fetch(endpoint.speech, {
          method: 'POST',
          headers: {
            ...headers,
            'content-type': 'application/ssml+xml',
            'x-microsoft-outputformat': 'raw-24khz-16bit-mono-pcm',
            'user-agent': 'parley',
          },
          body,
          signal: watch.signal,
        }),
      )
      if (!response.ok) {
        const said = await watch.within(idleTimeoutMs, 'stalled', () => response.text())
        throw azureSpeechErrors.complaint(response.status, parseComplaint(said), endpoint.redact)
      }
      if (!(response.headers.get('content-type') ?? '').startsWith('audio/'))
        throw azureSpeechErrors.connection('garbled')
      yield* pcmChunks(
        readBody(response, watch, () => idleTimeoutMs),
        sampleRate,
      )
    } finally {
      watch.close()
    }
  }

  return {
    name: 'azure-speech',
    get voices() {
      return voices
    },
    synthesize,
    async loadVoices(signal) {
      const watch = createRequestWatch(signal, azureSpeechErrors)
      try {
        const headers = await endpoint.headers(watch.signal)
        const { ok, status, text } = await watch.within(connectTimeoutMs, 'no_answer', async () => {
          const response = await fetch(endpoint.voices, { headers, signal: watch.signal })
          return { ok: response.ok, status: response.status, text: await response.text() }
        })
        if (!ok) throw azureSpeechErrors.complaint(status, parseComplaint(text), endpoint.redact)
        voices = parseAzureVoices(text)
        return voices
      } finally {
        watch.close()
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
