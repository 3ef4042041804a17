import { decodeWav } from '@parley/audio'
import type { VoiceCapability } from '../../../capabilities.ts'
import type { Pcm, SynthesizeOptions, TextToSpeech } from '../../stages.ts'
import { type EndpointOptions, openaiEndpoint } from '../http/endpoint.ts'
import { openaiLanguages } from '../http/openai-languages.ts'
import { pcmChunks } from '../http/pcm-chunks.ts'
import { parseComplaint, serverErrors } from '../http/server-errors.ts'
import { speechTexts } from '../http/speech-texts.ts'
import { createRequestWatch, readBody, type RequestWatch } from '../http/watch.ts'

/** Options of `openaiTextToSpeech`; `url` and `key` are described at `EndpointOptions`. */
export interface OpenAITextToSpeechOptions extends EndpointOptions {
  readonly model: string
  /** Voices of the server. Default: those of OpenAI. */
  readonly voices?: readonly VoiceCapability[]
  /** How to speak, for models that take it, for example `Speak calmly.` */
  readonly instructions?: string
  /** Rate of `pcm` where the server does not say it (Hz). Default 24,000, that of OpenAI. */
  readonly sampleRate?: number
  /** Longest wait for the head of the answer, loading the model included. Default 30,000. */
  readonly connectTimeoutMs?: number
  /** Longest silence inside the answer. Default 15,000. */
  readonly idleTimeoutMs?: number
  readonly fetch?: typeof globalThis.fetch
}

const errors = serverErrors(
  speechTexts({
    server: 'The text-to-speech server',
    settings: { key: 'PARLEY_TTS_KEY', url: 'PARLEY_TTS_URL', model: 'the model name (PARLEY_TTS_MODEL)' },
  }),
)

/** Voices of OpenAI's speech endpoint (API reference, 2026-11); each speaks every language. */
const openaiVoices: readonly VoiceCapability[] =
  'alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer verse'
    .split(' ')
    .map((name) => ({ name, languages: openaiLanguages, engine: 'openai' }))

/**
 * Any server with the OpenAI resource `POST /audio/speech`: OpenAI, Kokoro, LocalAI, vLLM. Sound is passed on as
 * it comes; a server that refuses `pcm` is asked for `wav`. Throws a `RealtimeError` that names the setting to
 * check, and `invalid_value` for an unusable address.
 */
export function openaiTextToSpeech(options: OpenAITextToSpeechOptions): TextToSpeech {
  const {
    model,
    instructions,
    connectTimeoutMs = 30_000,
    idleTimeoutMs = 15_000,
    fetch = globalThis.fetch,
  } = options
  const endpoint = openaiEndpoint(options, 'The text-to-speech address')
  let format: 'pcm' | 'wav' = 'pcm'

  async function open(
    input: string,
    { voice, speed }: SynthesizeOptions,
    watch: RequestWatch,
  ): Promise<Response> {
    const body = JSON.stringify({
      model,
      input,
      voice,
      response_format: format,
      ...(speed !== 1 && { speed }),
      ...(instructions !== undefined && { instructions }),
    })
    const response = await watch.within(connectTimeoutMs, 'no_answer', () =>
      fetch(endpoint.address('audio/speech'), {
        method: 'POST',
        headers: { ...endpoint.headers, 'content-type': 'application/json' },
        body,
        signal: watch.signal,
      }),
    )
    if (response.ok) return response
    const refusal = await watch.within(connectTimeoutMs, 'no_answer', () => response.text())
    if (format === 'pcm' && response.status < 500 && /\bpcm\b|response_format/i.test(refusal)) {
      format = 'wav'
      return open(input, { voice, speed, signal: watch.signal }, watch)
    }
    throw errors.complaint(response.status, parseComplaint(refusal), endpoint.redact)
  }

  async function* synthesize(text: string, speak: SynthesizeOptions): AsyncGenerator<Pcm, void, undefined> {
    speak.signal.throwIfAborted()
    const watch = createRequestWatch(speak.signal, errors)
    try {
      const response = await open(text, speak, watch)
      const type = response.headers.get('content-type') ?? ''
      if (/json|text\/|html/.test(type)) {
        const said = await watch.within(idleTimeoutMs, 'stalled', () => response.text())
        if (/json/.test(type)) throw errors.complaint(200, parseComplaint(said), endpoint.redact)
        throw errors.connection('garbled')
      }
      const body = readBody(response, watch, () => idleTimeoutMs)
      if (format === 'wav' || /wav/.test(type)) yield await wholeWav(body)
      else yield* pcmChunks(body, rateOf(type) ?? options.sampleRate ?? 24_000)
    } finally {
      watch.close()
    }
  }

  return {
    name: model,
    voices: options.voices ?? openaiVoices,
    synthesize,
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** Rate in a media type such as `audio/pcm;rate=16000`. */
function rateOf(type: string): number | undefined {
  const rate = /;\s*rate=(\d+)/i.exec(type)?.[1]
  return rate === undefined ? undefined : Number(rate)
}

async function wholeWav(body: AsyncIterable<Uint8Array>): Promise<Pcm> {
  try {
    const { samples, sampleRate } = decodeWav(Buffer.concat(await Array.fromAsync(body)))
    return { samples, sampleRate }
  } catch (error) {
    if (error instanceof SyntaxError) throw errors.connection('garbled', error)
    throw error
  }
}
