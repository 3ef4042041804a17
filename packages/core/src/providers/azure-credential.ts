import { RealtimeError } from '../errors.ts'

/** How a person proves to Azure who they are: a resource key, or an Entra ID access token asked for when needed. */
export type AzureCredential =
  | { readonly key: string }
  /** Resolves with a bare token for the scope of the service; called for each connection, so it should cache. */
  | { readonly token: (signal: AbortSignal) => Promise<string> }

/**
 * The header for one request. `keyHeader` is the service's name for a key. Rejects with `invalid_api_key` when no
 * token can be had.
 */
export async function azureHeaders(
  credential: AzureCredential,
  { signal, keyHeader = 'api-key' }: { readonly signal: AbortSignal; readonly keyHeader?: string },
): Promise<Readonly<Record<string, string>>> {
  if ('key' in credential) return { [keyHeader]: credential.key }
  try {
    return { Authorization: `Bearer ${await credential.token(signal)}` }
  } catch (error) {
    if (error instanceof RealtimeError) throw error
    throw new RealtimeError(
      'invalid_api_key',
      'No Entra ID token could be had for Azure. Sign in, give the machine an identity, or use a key.',
      { cause: error },
    )
  }
}
