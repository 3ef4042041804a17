import type { Provider } from '../provider.ts'
import { voiceLiveCapabilities } from './capabilities.ts'
import { voiceLiveProvider, type VoiceLiveConnection } from './connection.ts'
import { managedModels, managedPrices, pipelineOf } from './models.ts'
import { nameNativeVoice } from './native-voice.ts'

/** Access to Voice Live with a managed model. */
export interface VoiceLiveOptions extends VoiceLiveConnection {
  /** Default `gpt-realtime-2.1`. */
  readonly model?: string
}

/** Azure Voice Live with a model that the service runs. */
export function voiceLive(options: VoiceLiveOptions): Provider {
  const { model: defaultModel = 'gpt-realtime-2.1' } = options
  return voiceLiveProvider(options, {
    name: 'voice-live',
    query: ({ model = defaultModel }) => ({ model }),
    toBackend: (event, model = defaultModel) => (model === 'azure-realtime' ? nameNativeVoice(event) : event),
    capabilitiesFor: (model = defaultModel, apiVersion) =>
      voiceLiveCapabilities({
        title: 'Azure Voice Live',
        description: `Azure's voice service with 600 voices, running ${model}.`,
        models: managedModels,
        pipeline: pipelineOf(model),
        price: { kind: 'tokens', byModel: managedPrices(model) },
        agent: false,
        apiVersion,
      }),
  })
}
