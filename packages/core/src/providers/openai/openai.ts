import { openaiGa } from '../../dialects/openai-ga/index.ts'
import { addressOf } from '../address.ts'
import type { ConnectLimits } from '../connect-limits.ts'
import type { Provider } from '../provider.ts'
import { webSocketProvider } from '../web-socket-provider.ts'
import { openaiCapabilities } from './capabilities.ts'

/** The service's own address, up to and with the version. */
export const openaiAddress = 'wss://api.openai.com/v1'

/** Access to OpenAI Realtime. */
export interface OpenaiOptions {
  /** An API key, or a client secret that begins with `ek_`. */
  readonly apiKey: string
  /** Up to and with the version. Default `openaiAddress`. */
  readonly baseUrl?: string
  readonly organization?: string
  readonly project?: string
  /** Default `gpt-realtime-2.1`. */
  readonly model?: string
  /** Name in `?model=<name>`. Default `openai`. */
  readonly name?: string
  readonly connect?: Partial<ConnectLimits>
}

/** OpenAI Realtime GA. */
export function openai(options: OpenaiOptions): Provider {
  const { baseUrl = openaiAddress, model: defaultModel = 'gpt-realtime-2.1' } = options
  return webSocketProvider({
    name: options.name ?? 'openai',
    dialect: openaiGa,
    capabilities: openaiCapabilities(defaultModel),
    capabilitiesFor: (model = defaultModel) => openaiCapabilities(model),
    connect: options.connect,
    endpoint: ({ model = defaultModel, intent }) => ({
      url: addressOf(baseUrl, '/realtime', intent === 'transcription' ? { intent } : { model }),
      headers: {
        Authorization: `Bearer ${options.apiKey}`,
        ...(options.organization === undefined ? {} : { 'OpenAI-Organization': options.organization }),
        ...(options.project === undefined ? {} : { 'OpenAI-Project': options.project }),
      },
    }),
  })
}
