import { encodeWav, float32ToPcm16, resample } from '@parley/audio'
import { RealtimeError } from '@parley/core'
import type { ModelStore, TextToSpeechRouter } from '@parley/core/providers/cascade'
import { Hono } from 'hono'
import { z } from 'zod'
import type { RateLimits } from '../rate-limit.ts'
import { parseBody } from '../request-body.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { speakWhole } from '../speak-whole.ts'

/** What the route works on. */
export interface SpeechOptions {
  /** The voices of this machine, `undefined` where nothing on it speaks. */
  readonly tts: TextToSpeechRouter | undefined
  /** Where more voices come from. */
  readonly models: ModelStore | undefined
  readonly draining: AbortSignal
  readonly rateLimits: RateLimits
}

/** A scenario asks for some ten sentences at once; a loop is slowed down. */
const requestsPerMinute = 120
const requestsAtOnce = 4
const speechTimeoutMs = 30_000

/** What OpenAI's `pcm` is: 24 kHz, 16 bits, little-endian, one channel. */
const sampleRate = 24_000

const formats = ['wav', 'pcm']
const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

const SpeechRequest = z.strictObject({
  input: z
    .string('The text to speak is a string.')
    .max(4096, 'A text has at most 4096 characters.')
    .regex(/[\p{L}\p{N}]/u, 'A text to speak has words.'),
  model: z.string().optional(),
  voice: z.string().optional(),
  language: z.string().regex(languageTag, 'A language is a tag such as "de" or "de-AT".').optional(),
  response_format: z.string().default('wav'),
  speed: z.number().min(0.25, 'The speed is 0.25 to 1.5.').max(1.5, 'The speed is 0.25 to 1.5.').default(1),
  stream_format: z.string().default('audio'),
  instructions: z.string().default(''),
})

/**
 * `POST /v1/audio/speech` in the shape of OpenAI, spoken by a voice of this machine as 24 kHz PCM16. Without
 * `response_format` it is WAV, and `language` chooses the voice where `voice` does not.
 */
export function speechRoutes({ tts, models, draining, rateLimits }: SpeechOptions): Hono<RouteEnvironment> {
  const limit = rateLimits('speech', { perMinute: requestsPerMinute, concurrent: requestsAtOnce })

  return new Hono<RouteEnvironment>().post('/', async (c) => {
    const asked = await parseBody(c.req.raw, SpeechRequest)
    const { response_format: format, speed } = asked
    refuseUnsupported(asked)
    if (tts === undefined) {
      throw new RealtimeError('unsupported', 'No voice is set up on this machine.', { param: 'voice' })
    }
    const voice = chooseVoice(tts, models, asked)
    const late = AbortSignal.timeout(speechTimeoutMs)
    const signal = AbortSignal.any([draining, c.req.raw.signal, late])
    const speak = () => speakWhole(tts, asked.input, { voice, speed, signal })
    const spoken = await limit.run(speak).catch((cause: unknown) => {
      if (!late.aborted) throw cause
      throw new RealtimeError('engine_failed', 'The voice took too long. Try a shorter text.', { cause })
    })
    const pcm = float32ToPcm16(resample(spoken.samples, { from: spoken.sampleRate, to: sampleRate }))
    return format === 'pcm'
      ? c.body(pcm, 200, { 'content-type': `audio/pcm;rate=${sampleRate};channels=1` })
      : c.body(encodeWav(pcm, sampleRate), 200, { 'content-type': 'audio/wav' })
  })
}

/** Refuses what OpenAI's own voices can do and these cannot; nothing is left out in silence. */
function refuseUnsupported(asked: z.infer<typeof SpeechRequest>): void {
  const refuse = (param: string, message: string): never => {
    throw new RealtimeError('unsupported', message, { param })
  }
  if (!formats.includes(asked.response_format)) {
    refuse('response_format', `Speech is given as ${formats.join(' or ')}, not as ${asked.response_format}.`)
  }
  if (asked.stream_format !== 'audio') refuse('stream_format', 'Speech is given as audio, not as events.')
  if (asked.instructions !== '') refuse('instructions', 'The voices of this machine follow no instructions.')
}

/** Voices every OpenAI client names: the voice of the language stands in for them, as it does in a session. */
const openaiVoices = /^(alloy|ash|ballad|coral|echo|fable|nova|onyx|sage|shimmer|verse|marin|cedar)$/

function chooseVoice(
  tts: TextToSpeechRouter,
  models: ModelStore | undefined,
  { voice, language = 'en' }: Pick<z.infer<typeof SpeechRequest>, 'voice' | 'language'>,
): string {
  if (voice !== undefined && tts.voices.some(({ name }) => name === voice)) return voice
  if (voice !== undefined && !openaiVoices.test(voice)) {
    const message = `There is no voice ${voice} here. GET /v1/voices?backend=local lists those there are.`
    throw new RealtimeError('invalid_value', message, { param: 'voice' })
  }
  const own = tts.defaultVoice(language)
  if (own !== undefined) return own.name
  throw withoutVoice(language, models)
}

/** Says what makes a language speak: its download, or a voice of the system. */
function withoutVoice(language: string, models: ModelStore | undefined): RealtimeError {
  const primary = language.split('-')[0]?.toLowerCase() ?? language
  const install = 'or install a voice for it on this machine, for example with the package espeak-ng'
  const voice = models
    ?.list()
    .find(({ entry }) => entry.purpose === 'speech' && entry.languages.includes(primary))
  if (voice === undefined) {
    const message = `No voice here speaks ${language}. Name another language, ${install}.`
    return new RealtimeError('unsupported', message, { param: 'language' })
  }
  const message = `No voice here speaks ${language} yet. POST /v1/downloads/${voice.entry.id} fetches one, as the list of languages in the playground does, ${install}.`
  return new RealtimeError('model_not_downloaded', message, { param: 'language' })
}
