import type { Provider } from '@parley/core'
import {
  azureOpenai,
  openai,
  openaiCompatible,
  voiceLive,
  voiceLiveAgent,
  voiceLiveByom,
} from '@parley/core/providers'
import type { AzureCredential, ClassicAgent, FoundryAgent } from '@parley/core/providers'
import { geminiLive } from '@parley/core/providers/gemini-live'
import { azureScopes, azureSignIn } from './azure-sign-in.ts'
import { given } from './given.ts'
import type { ProviderSettings, VoiceLiveAgent } from './provider-settings.ts'

/** The backends with a wire that were set up, in the order they are shown. */
export function cloudBackends(settings: ProviderSettings): readonly Provider[] {
  const { openTimeoutMs, firstEventTimeoutMs } = settings
  const connect = { openTimeoutMs, firstEventTimeoutMs }
  return [
    ...openaiBackend(settings.openai, connect),
    ...azureOpenaiBackend(settings.azureOpenai, connect),
    ...voiceLiveBackends(settings.voiceLive, connect),
    ...geminiBackend(settings.gemini, connect),
    ...settings.compatible.map(({ name, url, key, model, dialect }) =>
      openaiCompatible({
        name,
        url: realtimeAddress(url),
        dialect,
        connect,
        ...given({ model, apiKey: key }),
      }),
    ),
  ]
}

type Limits = Pick<ProviderSettings, 'openTimeoutMs' | 'firstEventTimeoutMs'>

function openaiBackend(settings: ProviderSettings['openai'], connect: Limits): readonly Provider[] {
  if (settings === undefined) return []
  const { key: apiKey, url: baseUrl, model, organization, project } = settings
  return [openai({ apiKey, connect, ...given({ baseUrl, model, organization, project }) })]
}

function azureOpenaiBackend(settings: ProviderSettings['azureOpenai'], connect: Limits): readonly Provider[] {
  if (settings === undefined) return []
  const { endpoint, key, deployment, apiVersion, transcriptionDeployment } = settings
  const preview = apiVersion === undefined ? undefined : { apiVersion }
  return [
    azureOpenai({
      endpoint,
      deployment,
      connect,
      credential: azureCredential(key, azureScopes.cognitiveServices),
      ...given({ transcriptionDeployment, preview }),
    }),
  ]
}

function voiceLiveBackends(settings: ProviderSettings['voiceLive'], connect: Limits): readonly Provider[] {
  if (settings === undefined) return []
  const { endpoint, key, model, apiVersion, region, agent, byom } = settings
  const common = {
    endpoint,
    connect,
    credential: azureCredential(key, azureScopes.foundry),
    ...given({ apiVersion, speech: region === undefined ? undefined : { region } }),
  }
  return [
    voiceLive({ ...common, ...given({ model }) }),
    ...(agent === undefined ? [] : [voiceLiveAgent({ ...common, agent: agentOptions(agent) })]),
    ...(byom === undefined ? [] : [voiceLiveByom({ ...common, ...byomOptions(byom) })]),
  ]
}

function agentOptions(agent: VoiceLiveAgent): ClassicAgent | FoundryAgent {
  return 'classic' in agent ? agent : given(agent)
}

type Byom = NonNullable<NonNullable<ProviderSettings['voiceLive']>['byom']>

function byomOptions({ profile, deployment, resource }: Byom) {
  return { profile, deployment, ...given({ foundryResource: resource }) }
}

function geminiBackend(settings: ProviderSettings['gemini'], connect: Limits): readonly Provider[] {
  if (settings === undefined) return []
  const { key: apiKey, model, url: baseUrl } = settings
  return [geminiLive({ apiKey, connect, ...given({ model, baseUrl }) })]
}

/** A key where there is one, otherwise tokens of Entra ID. */
export function azureCredential(key: string | undefined, scope: string): AzureCredential {
  return key === undefined ? { token: azureSignIn(scope) } : { key }
}

/** People give the address up to the version, or the whole one. */
function realtimeAddress(text: string): string {
  const url = new URL(text)
  if (!/\/realtime\/*$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/realtime`
  return url.href
}
