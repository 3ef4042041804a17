import { RealtimeError } from '@parley/core'
import type { Provider, VoiceCapability, VoiceSample } from '@parley/core'
import { Hono } from 'hono'
import { backendSetups } from '../backend-setups.ts'
import type { RateLimits } from '../rate-limit.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { sampleText } from '../sample-texts.ts'
import type { Log } from '../telemetry.ts'
import { createVoiceCatalogs } from '../voice-catalogs.ts'
import type { CatalogView } from '../voice-catalogs.ts'
import { findVoices, pageOfVoices } from '../voice-search.ts'

/** What the routes work on. */
export interface VoiceOptions {
  readonly backends: ReadonlyMap<string, Provider>
  readonly defaultBackend: string
  readonly draining: AbortSignal
  readonly log: Log
  readonly rateLimits: RateLimits
  /** Clock in ms. */
  readonly now: () => number
}

/** Speaking costs time or money, so a person who clicks through a list is let through and a loop is not. */
const samplesPerMinute = 60
const samplesAtOnce = 3
const sampleTimeoutMs = 20_000

/** Samples that are kept; a sentence is some 200 KB. */
const maxKeptSamples = 64

/**
 * `/v1/voices?backend=&q=&language=&gender=&kind=&cursor=&limit=` finds voices, `/v1/voices/sample?backend=&voice=&
 * language=` speaks a sentence with one.
 */
export function voiceRoutes(options: VoiceOptions): Hono<RouteEnvironment> {
  const { backends, draining, now, rateLimits } = options
  const catalogs = createVoiceCatalogs({ signal: draining, now, log: options.log })
  const limit = rateLimits('samples', { perMinute: samplesPerMinute, concurrent: samplesAtOnce })
  const samples = new Map<string, VoiceSample>()

  function backendNamed(asked: string | undefined): { name: string; provider: Provider | undefined } {
    const name = asked === undefined || asked === '' ? options.defaultBackend : asked
    const provider = backends.get(name)
    if (provider !== undefined || backendSetups.some((setup) => setup.name === name))
      return { name, provider }
    throw new RealtimeError('not_found', 'There is no such backend.', { param: 'backend' })
  }

  /** The voice with that name; one the backend does not list where it may know more. */
  async function voiceNamed(provider: Provider, name: string): Promise<VoiceCapability> {
    const view = await catalogs.view(provider)
    const voices = view.state === 'ready' ? view.voices : provider.capabilities.voices
    const found = voices.find((voice) => voice.name === name)
    const mayExist = view.state !== 'ready' || provider.capabilities.otherVoices
    if (found !== undefined) return found
    if (mayExist && /^[\w:.-]{1,120}$/.test(name)) return { name, languages: [] }
    throw new RealtimeError('not_found', 'There is no such voice.', { param: 'voice' })
  }

  async function speak(provider: Provider, voice: VoiceCapability, language: string | undefined) {
    const sample = provider.voices?.sample?.bind(provider.voices)
    if (sample === undefined) {
      throw new RealtimeError('unsupported', 'This backend speaks inside a session only.', {
        param: 'backend',
      })
    }
    const key = JSON.stringify([provider.name, voice.name, language])
    const kept = samples.get(key)
    if (kept !== undefined) return kept
    const text = sampleText([...(language === undefined ? [] : [language]), ...voice.languages, voice.name])
    const signal = AbortSignal.any([draining, AbortSignal.timeout(sampleTimeoutMs)])
    const spoken = await limit.run(() => sample({ voice: voice.name, text, language, signal }))
    const oldest = samples.keys().next()
    if (samples.size >= maxKeptSamples && !oldest.done) samples.delete(oldest.value)
    samples.set(key, spoken)
    return spoken
  }

  return new Hono<RouteEnvironment>()
    .get('/', async (c) => {
      const query = c.req.query()
      const { name, provider } = backendNamed(query['backend'])
      const asked = {
        text: query['q'],
        language: parseLanguage(query['language']),
        gender: parseGender(query['gender']),
        kind: query['kind'] || undefined,
      }
      const page = { cursor: query['cursor'] || undefined, limit: parseLimit(query['limit']) }
      const view = provider === undefined ? undefined : await catalogs.view(provider)
      const voices = view?.state === 'ready' ? view.voices : (provider?.capabilities.voices ?? [])
      return c.json({
        backend: name,
        ...pageOfVoices(findVoices(voices, asked), page),
        state: stateOf(view),
        progress: progressOf(view),
        help: helpFor(name, view),
        samples: provider?.voices?.sample !== undefined,
      })
    })
    .get('/sample', async (c) => {
      const query = c.req.query()
      const { provider } = backendNamed(query['backend'])
      if (provider === undefined) {
        throw new RealtimeError('unsupported', 'This backend is not set up.', { param: 'backend' })
      }
      const voice = await voiceNamed(provider, query['voice'] ?? '')
      const { type, bytes } = await speak(provider, voice, parseLanguage(query['language']))
      return c.body(bytes, 200, { 'content-type': type, 'cache-control': 'private, max-age=86400' })
    })
}

function stateOf(view: CatalogView | undefined): 'ready' | 'loading' | 'needs_key' | 'failed' {
  if (view === undefined) return 'needs_key'
  return view.state === 'failed' && view.error.code === 'invalid_api_key' ? 'needs_key' : view.state
}

function progressOf(view: CatalogView | undefined): { received: number; total: number | null } | null {
  if (view?.state !== 'loading' || view.progress === undefined) return null
  return { received: view.progress.received, total: view.progress.total ?? null }
}

/** What a person can do when there are no voices, `null` when there is nothing to do. */
function helpFor(name: string, view: CatalogView | undefined): string | null {
  const setup = backendSetups.find((candidate) => candidate.name === name)
  if (view === undefined) return setup?.help ?? null
  if (view.state !== 'failed') return null
  if (view.error.code !== 'invalid_api_key') return view.error.message
  const setting = setup?.keySetting
  return setting === undefined ? view.error.message : `${view.error.message} Check ${setting}.`
}

function parseLanguage(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text)) return text
  throw new RealtimeError('invalid_value', 'A language is a tag such as "de" or "de-AT".', {
    param: 'language',
  })
}

function parseGender(text: string | undefined): VoiceCapability['gender'] {
  if (text === undefined || text === '') return undefined
  if (text === 'female' || text === 'male' || text === 'neutral') return text
  throw new RealtimeError('invalid_value', 'A gender is female, male or neutral.', { param: 'gender' })
}

function parseLimit(text: string | undefined): number {
  if (text === undefined || text === '') return 50
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= 200) return limit
  throw new RealtimeError('invalid_value', 'The limit is a number from 1 to 200.', { param: 'limit' })
}
