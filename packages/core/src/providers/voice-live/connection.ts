import { voiceLive as voiceLiveDialect } from '../../dialects/voice-live/index.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import { addressOf } from '../address.ts'
import { azureHeaders, type AzureCredential } from '../azure-credential.ts'
import type { Capabilities } from '../capabilities.ts'
import type { ConnectLimits } from '../connect-limits.ts'
import type { Provider } from '../provider.ts'
import { webSocketProvider } from '../web-socket-provider.ts'
import { nameImagesAsBefore } from './old-images.ts'
import { speechAddress, type SpeechResource } from './speech-resource.ts'
import { voiceCatalog } from './voices.ts'

/** What every way into Voice Live needs. */
export interface VoiceLiveConnection {
  /** `https://<resource>.services.ai.azure.com` */
  readonly endpoint: string
  /** A token is for the scope `https://ai.azure.com/.default`. */
  readonly credential: AzureCredential
  /** Default `2026-07-15`. */
  readonly apiVersion?: string
  /** Where the list of Azure voices comes from. Default: the resource itself. */
  readonly speech?: SpeechResource
  /** Name in `?model=<name>`. */
  readonly name?: string
  readonly connect?: Partial<ConnectLimits>
}

/** Parts of a Voice Live provider that differ by mode. */
export interface VoiceLiveMode {
  readonly name: string
  readonly capabilitiesFor: (model: string | undefined, apiVersion: string) => Capabilities
  /** What this mode calls otherwise than others do. */
  readonly toBackend?: (event: ClientEvent, model: string | undefined) => ClientEvent
  /** Query parameters beside `api-version`. */
  readonly query: (request: {
    readonly model: string | undefined
    readonly signal: AbortSignal
  }) => Readonly<Record<string, string | undefined>> | Promise<Readonly<Record<string, string | undefined>>>
}

/** A provider that dials Voice Live with the query of its mode. */
export function voiceLiveProvider(options: VoiceLiveConnection, mode: VoiceLiveMode): Provider {
  const { endpoint, credential, apiVersion = '2026-07-15' } = options
  const capabilities = mode.capabilitiesFor(undefined, apiVersion)
  return webSocketProvider({
    name: options.name ?? mode.name,
    dialect: voiceLiveDialect,
    capabilities,
    capabilitiesFor: (model) => mode.capabilitiesFor(model, apiVersion),
    connect: options.connect,
    toBackend(event, model) {
      const named = mode.toBackend?.(event, model) ?? event
      return apiVersion < '2026-06-01' ? nameImagesAsBefore(named) : named
    },
    voices: voiceCatalog({
      base: speechAddress(endpoint, options.speech),
      credential,
      own: capabilities.voices,
    }),
    endpoint: async ({ model, signal }) => ({
      url: addressOf(endpoint, '/voice-live/realtime', {
        'api-version': apiVersion,
        ...(await mode.query({ model, signal })),
      }),
      headers: await azureHeaders(credential, { signal }),
    }),
  })
}
