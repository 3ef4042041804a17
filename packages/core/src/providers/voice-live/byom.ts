import type { Provider } from '../provider.ts'
import { realtimeModel } from '../realtime-models.ts'
import { voiceLiveCapabilities } from './capabilities.ts'
import { voiceLiveProvider, type VoiceLiveConnection } from './connection.ts'
import { byomPrices, type VoiceLivePipeline } from './models.ts'

/** Which kind of deployment Voice Live is pointed at. */
export type ByomProfile =
  | 'byom-azure-openai-realtime'
  | 'byom-azure-openai-chat-completion'
  | 'byom-foundry-anthropic-messages'

/** Access to Voice Live with a model of your own. */
export interface VoiceLiveByomOptions extends VoiceLiveConnection {
  readonly profile: ByomProfile
  /** Name of your deployment. */
  readonly deployment: string
  /** Name, without the domain, of another Foundry resource that holds the deployment. */
  readonly foundryResource?: string
}

/** Azure Voice Live with your own deployment as its model. */
export function voiceLiveByom(options: VoiceLiveByomOptions): Provider {
  const { profile, deployment, foundryResource } = options
  return voiceLiveProvider(options, {
    name: 'voice-live-byom',
    query: ({ model = deployment }) => ({
      profile,
      model,
      'foundry-resource-override': foundryResource,
    }),
    capabilitiesFor: (model = deployment, apiVersion) =>
      voiceLiveCapabilities({
        title: 'Azure Voice Live, own model',
        description: `Azure's voice service with your deployment ${model}.`,
        models: [deployment],
        pipeline: pipelineOf(profile, model),
        price: { kind: 'tokens', byModel: byomPrices },
        agent: false,
        apiVersion,
      }),
  })
}

/** The name of a deployment tells its model where it begins with one. */
function pipelineOf(profile: ByomProfile, deployment: string): VoiceLivePipeline {
  if (profile === 'byom-azure-openai-realtime') return { kind: 'openai', ...realtimeModel(deployment) }
  const reasons = /^gpt-5(?!-chat)/.test(deployment)
  return { kind: 'cascaded', reasons, contextWindowTokens: undefined }
}
