import { compatibleSettings } from './compatible-settings.ts'
import type { CompatibleSettings } from './compatible-settings.ts'
import type { byomProfiles, ProviderVariables } from './provider-variables.ts'
import type { Environment } from './setting-kinds.ts'

/** An Azure resource. Without a key, Entra ID signs in. */
interface AzureResource {
  readonly endpoint: string
  readonly key: string | undefined
}

/** A speech endpoint in the shape of OpenAI's REST API. */
export interface HttpEndpoint {
  readonly url: string
  readonly key: string | undefined
  readonly model: string
}

/** What was set for the backends in the cloud; `undefined` for each that was not set up. */
export interface ProviderSettings {
  readonly openai:
    | {
        readonly key: string
        readonly url: string | undefined
        readonly model: string | undefined
        readonly organization: string | undefined
        readonly project: string | undefined
      }
    | undefined
  readonly azureOpenai:
    | (AzureResource & {
        readonly deployment: string
        /** Speaks the preview wire with this version. */
        readonly apiVersion: string | undefined
        readonly transcriptionDeployment: string | undefined
      })
    | undefined
  readonly voiceLive:
    | (AzureResource & {
        readonly model: string | undefined
        readonly apiVersion: string | undefined
        /** Region of the voice list, where the resource has none of its own. */
        readonly region: string | undefined
        readonly agent: VoiceLiveAgent | undefined
        readonly byom:
          | {
              readonly profile: (typeof byomProfiles)[number]
              readonly deployment: string
              readonly resource: string | undefined
            }
          | undefined
      })
    | undefined
  readonly gemini:
    | { readonly key: string; readonly model: string | undefined; readonly url: string | undefined }
    | undefined
  readonly compatible: readonly CompatibleSettings[]
  /** `<backend>` or `<backend>/<model>` each. */
  readonly duet: { readonly mind: string; readonly voice: string } | undefined
  readonly stt: HttpEndpoint | undefined
  /** Without voices, those of OpenAI. */
  readonly tts: (HttpEndpoint & { readonly voices: readonly string[] }) | undefined
  readonly azureSpeech:
    | {
        readonly key: string | undefined
        readonly region: string | undefined
        readonly endpoint: string | undefined
      }
    | undefined
  readonly openTimeoutMs: number
  readonly firstEventTimeoutMs: number
}

/** An agent of a Foundry project, or of a classic one. */
export type VoiceLiveAgent =
  | {
      readonly name: string
      readonly project: string
      readonly version: string | undefined
      readonly conversationId: string | undefined
      readonly identityClientId: string | undefined
    }
  | { readonly classic: { readonly id: string; readonly project: string; readonly accessToken: string } }

/** The settings of a checked environment that has no `providerFaults`. */
export function toProviderSettings(settings: ProviderVariables, set: Environment): ProviderSettings {
  const speechKey = settings.PARLEY_AZURE_SPEECH_KEY
  const { PARLEY_DUET_MIND: mind, PARLEY_DUET_VOICE: voice } = settings
  return {
    openai:
      settings.PARLEY_OPENAI_KEY === undefined
        ? undefined
        : {
            key: settings.PARLEY_OPENAI_KEY,
            url: settings.PARLEY_OPENAI_URL,
            model: settings.PARLEY_OPENAI_MODEL,
            organization: settings.PARLEY_OPENAI_ORGANIZATION,
            project: settings.PARLEY_OPENAI_PROJECT,
          },
    azureOpenai:
      settings.PARLEY_AZURE_OPENAI_ENDPOINT === undefined
        ? undefined
        : {
            endpoint: settings.PARLEY_AZURE_OPENAI_ENDPOINT,
            key: settings.PARLEY_AZURE_OPENAI_KEY,
            deployment: settings.PARLEY_AZURE_OPENAI_DEPLOYMENT,
            apiVersion: settings.PARLEY_AZURE_OPENAI_API_VERSION,
            transcriptionDeployment: settings.PARLEY_AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT,
          },
    voiceLive:
      settings.PARLEY_VOICE_LIVE_ENDPOINT === undefined
        ? undefined
        : {
            endpoint: settings.PARLEY_VOICE_LIVE_ENDPOINT,
            key: settings.PARLEY_VOICE_LIVE_KEY,
            model: settings.PARLEY_VOICE_LIVE_MODEL,
            apiVersion: settings.PARLEY_VOICE_LIVE_API_VERSION,
            region: settings.PARLEY_VOICE_LIVE_REGION,
            agent: agentOf(settings),
            byom: byomOf(settings),
          },
    gemini:
      settings.PARLEY_GEMINI_KEY === undefined
        ? undefined
        : {
            key: settings.PARLEY_GEMINI_KEY,
            model: settings.PARLEY_GEMINI_MODEL,
            url: settings.PARLEY_GEMINI_URL,
          },
    compatible: compatibleSettings(set).settings,
    duet: voice === undefined ? undefined : { mind, voice },
    stt:
      settings.PARLEY_STT_URL === undefined
        ? undefined
        : {
            url: settings.PARLEY_STT_URL,
            key: settings.PARLEY_STT_KEY,
            model: settings.PARLEY_STT_MODEL,
          },
    tts:
      settings.PARLEY_TTS_URL === undefined
        ? undefined
        : {
            url: settings.PARLEY_TTS_URL,
            key: settings.PARLEY_TTS_KEY,
            model: settings.PARLEY_TTS_MODEL,
            voices: settings.PARLEY_TTS_VOICES,
          },
    azureSpeech:
      speechKey === undefined && settings.PARLEY_AZURE_SPEECH_ENDPOINT === undefined
        ? undefined
        : {
            key: speechKey,
            region: settings.PARLEY_AZURE_SPEECH_REGION,
            endpoint: settings.PARLEY_AZURE_SPEECH_ENDPOINT,
          },
    openTimeoutMs: settings.PARLEY_CONNECT_TIMEOUT_MS,
    firstEventTimeoutMs: settings.PARLEY_FIRST_EVENT_TIMEOUT_MS,
  }
}

function agentOf(settings: ProviderVariables): VoiceLiveAgent | undefined {
  const {
    PARLEY_VOICE_LIVE_AGENT: name,
    PARLEY_VOICE_LIVE_AGENT_PROJECT: project,
    PARLEY_VOICE_LIVE_AGENT_ID: id,
    PARLEY_VOICE_LIVE_AGENT_TOKEN: accessToken,
  } = settings
  if (project === undefined) return undefined
  if (id !== undefined && accessToken !== undefined) return { classic: { id, project, accessToken } }
  if (name === undefined) return undefined
  return {
    name,
    project,
    version: settings.PARLEY_VOICE_LIVE_AGENT_VERSION,
    conversationId: settings.PARLEY_VOICE_LIVE_AGENT_CONVERSATION,
    identityClientId: settings.PARLEY_VOICE_LIVE_AGENT_IDENTITY,
  }
}

function byomOf(settings: ProviderVariables): NonNullable<ProviderSettings['voiceLive']>['byom'] {
  const { PARLEY_VOICE_LIVE_BYOM_PROFILE: profile, PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT: deployment } = settings
  if (profile === undefined || deployment === undefined) return undefined
  return { profile, deployment, resource: settings.PARLEY_VOICE_LIVE_BYOM_RESOURCE }
}
