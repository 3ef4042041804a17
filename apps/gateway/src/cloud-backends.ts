import type { Provider } from '@parley/core'
import { azureOpenai, openai, openaiCompatible } from '@parley/core/providers'
import type { AzureCredential } from '@parley/core/providers'
import { azureScopes, azureSignIn } from './azure-sign-in.ts'
import { given } from './given.ts'
import type { ProviderSettings } from './provider-settings.ts'

/** The backends with a wire that were set up, in the order they are shown. */
export function cloudBackends(settings: ProviderSettings): readonly Provider[] {
  const { openTimeoutMs, firstEventTimeoutMs } = settings
  const connect = { openTimeoutMs, firstEventTimeoutMs }
  return [
    ...openaiBackend(settings.openai, connect),
    ...azureOpenaiBackend(settings.azureOpenai, connect),
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
