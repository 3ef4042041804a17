import { openaiBeta } from '../../dialects/openai-beta/index.ts'
import { openaiGa } from '../../dialects/openai-ga/index.ts'
import { addressOf } from '../address.ts'
import { azureHeaders, type AzureCredential } from '../azure-credential.ts'
import type { Capabilities } from '../capabilities.ts'
import type { ConnectLimits } from '../connect-limits.ts'
import type { Provider } from '../provider.ts'
import { webSocketProvider } from '../web-socket-provider.ts'
import { gaCapabilities, previewCapabilities } from './capabilities.ts'
import { nameTranscription } from './transcription-deployment.ts'

/** Access to a realtime deployment in Azure OpenAI. */
export interface AzureOpenaiOptions {
  /** `https://<resource>.openai.azure.com` */
  readonly endpoint: string
  /** A token is for the scope `https://cognitiveservices.azure.com/.default`. */
  readonly credential: AzureCredential
  /** Name of the deployment, which Azure has in place of a model. */
  readonly deployment: string
  /** Deployment of a transcription model, put where a client names another vendor's. Without it Azure writes nothing down. */
  readonly transcriptionDeployment?: string
  /** Dials the preview API, which speaks the events of OpenAI's beta; for example `2025-04-01-preview`. */
  readonly preview?: { readonly apiVersion: string }
  /** Name in `?model=<name>`. Default `azure-openai`. */
  readonly name?: string
  readonly connect?: Partial<ConnectLimits>
}

/** Azure OpenAI Realtime, GA unless the preview is asked for. */
export function azureOpenai(options: AzureOpenaiOptions): Provider {
  const { endpoint, credential, deployment, preview, transcriptionDeployment: transcription } = options
  const ofPath = preview ? previewCapabilities : gaCapabilities
  // Without a deployment that transcribes, Azure refuses to: the session has it done.
  const capabilitiesOf = (model: string): Capabilities =>
    transcription === undefined
      ? { ...ofPath(model), inputTranscription: 'none', transcriptionSessions: false }
      : ofPath(model)
  return webSocketProvider({
    name: options.name ?? 'azure-openai',
    dialect: preview ? openaiBeta : openaiGa,
    capabilities: capabilitiesOf(deployment),
    capabilitiesFor: (model = deployment) => capabilitiesOf(model),
    connect: options.connect,
    endpoint: async ({ model = deployment, intent, signal }) => ({
      url: preview
        ? addressOf(endpoint, '/openai/realtime', {
            'api-version': preview.apiVersion,
            deployment: model,
          })
        : addressOf(endpoint, '/openai/v1/realtime', intent === 'transcription' ? { intent } : { model }),
      headers: await azureHeaders(credential, { signal }),
    }),
    toBackend: transcription === undefined ? undefined : (event) => nameTranscription(event, transcription),
  })
}
