import { createTranslation, type TranslationConfig } from '../../dialects/gemini-live/index.ts'
import type { ConnectLimits } from '../connect-limits.ts'
import { defaultConnectLimits } from '../connect-limits.ts'
import type { Provider } from '../provider.ts'
import { geminiCapabilities } from './capabilities.ts'
import { openConnection } from './connection.ts'
import { endpointOf, modelResource, type GeminiAccess } from './endpoint.ts'
import { geminiVoices } from './voices.ts'
import { liveChannel, type ReconnectLimits } from './live-channel.ts'

/** Access to Gemini Live, and what no session event can say. */
export type GeminiLiveOptions = GeminiAccess & {
  /** Name or resource name. Default `gemini-3.8-live`. */
  readonly model?: string
  /** In place of the service's own host. */
  readonly baseUrl?: string
  /** Makes it an interpreter: whatever is said is spoken in another language. */
  readonly translation?: TranslationConfig
  /** Asks for signs of speech before words; needs an account that has them. */
  readonly explicitVadSignal?: boolean
  /** Name in `?model=<name>`. Default `gemini-live`. */
  readonly name?: string
  readonly connect?: Partial<ConnectLimits>
  readonly reconnect?: Partial<ReconnectLimits>
}

/** The service was seen to take up to half a minute to answer a ping. */
const pongTimeoutMs = 60_000

/** Gemini Live, over the Gemini API or Google Cloud. A session outlives its connections. */
export function geminiLive(options: GeminiLiveOptions): Provider {
  const { model: defaultModel = 'gemini-3.8-live', name = 'gemini-live' } = options
  const limits = { ...defaultConnectLimits, pongTimeoutMs, ...options.connect }
  return {
    name,
    capabilities: geminiCapabilities(defaultModel),
    capabilitiesFor: (model = defaultModel) => geminiCapabilities(model),
    async connect({ model = defaultModel, signal }) {
      const newId = createIds()
      const dial = (stop: AbortSignal) =>
        openConnection({
          endpoint: (dialSignal) => endpointOf(options, { baseUrl: options.baseUrl, signal: dialSignal }),
          limits,
          signal: stop,
        })
      const connection = await dial(signal)
      const translation = createTranslation({
        model: modelResource(options, model),
        modelName: model,
        translation: options.translation,
        explicitVadSignal: options.explicitVadSignal,
        voices: geminiVoices.map((voice) => voice.name),
        newId,
      })
      return liveChannel({
        translation,
        connection,
        dial,
        setupTimeoutMs: limits.firstEventTimeoutMs,
        reconnect: { attempts: 4, delayMs: 500, ...options.reconnect },
        newId,
        backend: { backend: name, model },
      })
    },
  }
}

function createIds(): (prefix: string) => string {
  const seed = crypto.randomUUID().replaceAll('-', '').slice(0, 16)
  let count = 0
  return (prefix) => `${prefix}_${seed}${(count++).toString(36)}`
}
