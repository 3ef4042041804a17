/** The service's own host. */
export const geminiAddress = 'wss://generativelanguage.googleapis.com'

/** How to sign in: with a key or ephemeral token of the Gemini API, or with Google Cloud. */
export type GeminiAccess =
  | { readonly apiKey: string }
  | {
      readonly vertex: {
        readonly project: string
        /** Region, for example `us-central1`. */
        readonly location: string
        /** A fresh OAuth access token; asked for each connection. */
        readonly token: (signal: AbortSignal) => Promise<string>
      }
    }

/** Where a connection goes. The query may hold the key: it is never shown. */
export interface GeminiEndpoint {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** The endpoint of one connection. `baseUrl` in place of the service's own host; `http:` means `ws:`. */
export async function endpointOf(
  access: GeminiAccess,
  { baseUrl, signal }: { readonly baseUrl: string | undefined; readonly signal: AbortSignal },
): Promise<GeminiEndpoint> {
  if ('vertex' in access) {
    const { location, token } = access.vertex
    const host = baseUrl ?? `wss://${location}-aiplatform.googleapis.com`
    return {
      url: addressOf(host, 'google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent'),
      headers: { Authorization: `Bearer ${await token(signal)}` },
    }
  }
  const host = baseUrl ?? geminiAddress
  const { apiKey } = access
  // Ephemeral tokens work on one method of one version only.
  const [version, method, parameter] = apiKey.startsWith('auth_tokens/')
    ? (['v1alpha', 'BidiGenerateContentConstrained', 'access_token'] as const)
    : (['v1beta', 'BidiGenerateContent', 'key'] as const)
  const path = `google.ai.generativelanguage.${version}.GenerativeService.${method}`
  return { url: addressOf(host, path, { [parameter]: apiKey }), headers: {} }
}

/** The resource name of a model; one that is a resource name already stays. */
export function modelResource(access: GeminiAccess, model: string): string {
  if (model.includes('/')) return model
  if (!('vertex' in access)) return `models/${model}`
  const { project, location } = access.vertex
  return `projects/${project}/locations/${location}/publishers/google/models/${model}`
}

function addressOf(host: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(`${host.replace(/^http/, 'ws').replace(/\/+$/, '')}/ws/${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}
