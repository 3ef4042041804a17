import type { AccessToken } from '@azure/identity'

/** Resolves with a bearer token for the scope it was made for. */
export type TokenSource = (signal: AbortSignal) => Promise<string>

/** What signs in: the credential of `@azure/identity`, or one of a test. */
interface TokenCredential {
  getToken(scope: string, options: { readonly abortSignal: AbortSignal }): Promise<AccessToken | null>
}

/** Scopes of the services, by what they are for. */
export const azureScopes = {
  cognitiveServices: 'https://cognitiveservices.azure.com/.default',
  foundry: 'https://ai.azure.com/.default',
} as const

/** A token this close to its end (ms) is not used any more: a session has to open with it. */
const marginMs = 5 * 60_000

/**
 * Entra ID tokens of the environment, a managed identity or a signed-in developer. The library is loaded when the
 * first token is asked for; a token is kept until it nears its end.
 */
export function azureSignIn(
  scope: string,
  load: () => Promise<TokenCredential> = defaultCredential,
): TokenSource {
  let credential: Promise<TokenCredential> | undefined
  let kept: AccessToken | undefined
  return async (signal) => {
    if (kept !== undefined && kept.expiresOnTimestamp - marginMs > Date.now()) return kept.token
    credential ??= load()
    const token = await (await credential).getToken(scope, { abortSignal: signal })
    if (token === null) throw new Error('Entra ID gave no token.')
    kept = token
    return token.token
  }
}

async function defaultCredential(): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity')
  return new DefaultAzureCredential()
}
