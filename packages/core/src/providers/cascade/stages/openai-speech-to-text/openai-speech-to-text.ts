import { encodeWav } from '@parley/audio'
import type { SpeechToText, Transcript, TranscribeOptions } from '../../stages.ts'
import { primaryTag } from '../../../speech/voice-choice.ts'
import { type EndpointOptions, openaiEndpoint } from '../http/endpoint.ts'
import { formBody } from '../http/form-body.ts'
import { isRecord, parseJson } from '../http/json-value.ts'
import { openaiLanguages } from '../http/openai-languages.ts'
import { parseComplaint, serverErrors } from '../http/server-errors.ts'
import { speechTexts } from '../http/speech-texts.ts'
import { createRequestWatch, readEvents, type RequestWatch } from '../http/watch.ts'
import { createTranscriptionAnswer } from './transcription-answer.ts'

/** Options of `openaiSpeechToText`; `url` and `key` are described at `EndpointOptions`. */
export interface OpenAISpeechToTextOptions extends EndpointOptions {
  readonly model: string
  /** BCP 47 tags the model knows, its default first. Default: those OpenAI lists, English first. */
  readonly languages?: readonly string[]
  /** Words that help the model, such as names. */
  readonly prompt?: string
  /** Asks for the text while it is recognised. A server that refuses is asked without. Default true. */
  readonly stream?: boolean
  /** Longest piece of sound in one request, in seconds. Default 60. */
  readonly maxSeconds?: number
  /** Longest wait for the head of the answer, and for each piece of it. Default 30,000. */
  readonly timeoutMs?: number
  readonly fetch?: typeof globalThis.fetch
}

const errors = serverErrors(
  speechTexts({
    server: 'The speech-to-text server',
    settings: { key: 'PARLEY_STT_KEY', url: 'PARLEY_STT_URL', model: 'the model name (PARLEY_STT_MODEL)' },
  }),
)

/**
 * Any server with the OpenAI resource `POST /audio/transcriptions`: OpenAI, Groq, faster-whisper, vLLM, LocalAI.
 * Rejects with a `RealtimeError` that names the setting to check, and with the reason of `signal` when aborted.
 * Throws `invalid_value` for an unusable address.
 */
export function openaiSpeechToText(options: OpenAISpeechToTextOptions): SpeechToText {
  const { model, timeoutMs = 30_000, fetch = globalThis.fetch } = options
  const endpoint = openaiEndpoint(options, 'The speech-to-text address')
  let streams = options.stream ?? true

  async function open(form: FormData, watch: RequestWatch): Promise<Response> {
    if (streams) form.set('stream', 'true')
    const { body, contentType } = await formBody(form)
    const response = await watch.within(timeoutMs, 'no_answer', () =>
      fetch(endpoint.address('audio/transcriptions'), {
        method: 'POST',
        headers: {
          ...endpoint.headers,
          'content-type': contentType,
          accept: 'text/event-stream, application/json',
        },
        body,
        signal: watch.signal,
      }),
    )
    if (response.ok) return response
    const refusal = await watch.within(timeoutMs, 'no_answer', () => response.text())
    if (streams && response.status < 500 && /\bstream/i.test(refusal)) {
      streams = false
      form.delete('stream')
      return open(form, watch)
    }
    throw errors.complaint(response.status, parseComplaint(refusal), endpoint.redact)
  }

  return {
    name: model,
    languages: options.languages ?? openaiLanguages,
    maxSeconds: options.maxSeconds ?? 60,
    async transcribe(
      { samples, sampleRate },
      { language, signal, onText }: TranscribeOptions,
    ): Promise<Transcript> {
      signal.throwIfAborted()
      const watch = createRequestWatch(signal, errors)
      const form = new FormData()
      form.set('file', new Blob([encodeWav(samples, sampleRate)], { type: 'audio/wav' }), 'speech.wav')
      form.set('model', model)
      form.set('response_format', 'json')
      if (language !== undefined) form.set('language', primaryTag(language))
      if (options.prompt !== undefined) form.set('prompt', options.prompt)
      try {
        const answer = createTranscriptionAnswer(language)
        const response = await open(form, watch)
        for await (const data of readEvents(response, watch, () => timeoutMs)) {
          if (data.trim() === '[DONE]') break
          const value = parseJson(data)
          if (!isRecord(value)) throw errors.connection('garbled')
          if (value['error'] != null) throw errors.complaint(200, parseComplaint(value), endpoint.redact)
          const news = answer.push(value)
          if (news !== '') onText?.(news)
        }
        if (!answer.transcript) throw errors.connection('garbled')
        return answer.transcript
      } finally {
        watch.close()
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
