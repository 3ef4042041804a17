import { openaiBeta } from '../../dialects/openai-beta/index.ts'
import { openaiGa } from '../../dialects/openai-ga/index.ts'
import type { Capabilities } from '../capabilities.ts'
import { addressOf } from '../address.ts'
import type { ConnectLimits } from '../connect-limits.ts'
import type { FirstEvent } from '../first-event.ts'
import type { Provider } from '../provider.ts'
import { webSocketProvider } from '../web-socket-provider.ts'
import { compatibleCapabilities } from './capabilities.ts'

/** A server that speaks the events of OpenAI Realtime. */
export interface OpenaiCompatibleOptions {
  /** Name in `?model=<name>`. */
  readonly name: string
  /** The whole address but for the model, for example `ws://127.0.0.1:8080/v1/realtime`; its query stays. */
  readonly url: string
  /** Sent as `?model=`; absent where the server has one model. */
  readonly model?: string
  /** Sent as `Authorization: Bearer`. */
  readonly apiKey?: string
  /** Which events it speaks. */
  readonly dialect: keyof typeof dialects
  /** What this server can do, over a careful guess. */
  readonly capabilities?: Partial<Capabilities>
  /** `conversation.created` for servers that never send `session.created`. */
  readonly firstEvent?: FirstEvent
  readonly connect?: Partial<ConnectLimits>
}

const dialects = { 'openai-ga': openaiGa, 'openai-beta': openaiBeta } as const

/** Any server that speaks OpenAI Realtime: LocalAI, vLLM-Omni, another Parley. */
export function openaiCompatible(options: OpenaiCompatibleOptions): Provider {
  const { name, url, apiKey, dialect } = options
  return webSocketProvider({
    name,
    dialect: dialects[dialect],
    capabilities: compatibleCapabilities(options),
    connect: options.connect,
    firstEvent: options.firstEvent,
    endpoint: ({ model = options.model, intent }) => ({
      url: addressOf(url, '', intent === 'transcription' ? { model, intent } : { model }),
      headers: {
        ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }),
        // Servers that speak both shapes choose by it.
        ...(dialect === 'openai-beta' && { 'OpenAI-Beta': 'realtime=v1' }),
      },
    }),
  })
}
