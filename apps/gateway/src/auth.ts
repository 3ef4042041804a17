import { createHash, timingSafeEqual } from 'node:crypto'
import { RealtimeError } from '@parley/core'
import { fingerprintOf } from './sessions/resume-token.ts'
import { secretPrefix } from './secrets.ts'
import type { ClientSecret, ClientSecrets } from './secrets.ts'

/** Who asks: anyone (no key is configured), the holder of a key, of a client secret, or of one that was good once. */
export type Principal = (
  | { readonly kind: 'open' }
  | { readonly kind: 'key' }
  | { readonly kind: 'secret'; readonly secret: ClientSecret }
  /** A client secret that is not good for anything new; a session it has opened knows it. */
  | { readonly kind: 'returning' }
) & {
  /** The same for the same credential, and of no use to anyone else. */
  readonly fingerprint: string
}

const keyProtocolPrefix = 'openai-insecure-api-key.'

/** Subprotocols offered in a `Sec-WebSocket-Protocol` header, in order. */
export function offeredProtocols(header: string | undefined | null): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** The subprotocol to answer: `realtime` when it is offered, otherwise none. */
export function chooseProtocol(offered: Iterable<string>): 'realtime' | false {
  return [...offered].includes('realtime') ? 'realtime' : false
}

/** Every credential a request carries, wherever clients put them. */
export function credentialsOf(headers: Headers, query: URLSearchParams): readonly string[] {
  const fromProtocols = offeredProtocols(headers.get('sec-websocket-protocol'))
    .filter((name) => name.startsWith(keyProtocolPrefix))
    .map((name) => name.slice(keyProtocolPrefix.length))
  return [
    bearerOf(headers.get('authorization')),
    headers.get('api-key'),
    query.get('api-key'),
    bearerOf(query.get('authorization') ?? query.get('Authorization')),
    query.get('access_token'),
    ...fromProtocols,
  ].filter((value): value is string => typeof value === 'string' && value !== '')
}

function bearerOf(value: string | null): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(value ?? '')?.[1]
}

/** Names the holder of credentials; rejects with `invalid_api_key`. */
export type Authenticate = (credentials: readonly string[]) => Promise<Principal>

/**
 * Without keys everyone is let in. A client secret always has to be a live one, so that a client whose secret
 * has expired hears about it.
 */
export function createAuthenticator(keys: readonly string[], secrets: ClientSecrets): Authenticate {
  const digests = keys.map(digest)
  return async (credentials) => {
    for (const credential of credentials) {
      const secret = credential.startsWith(secretPrefix) ? await secrets.find(credential) : undefined
      if (secret !== undefined) return { kind: 'secret', secret, fingerprint: fingerprintOf(credential) }
      if (isOneOf(digests, credential)) return { kind: 'key', fingerprint: fingerprintOf(credential) }
    }
    if (credentials.some((credential) => credential.startsWith(secretPrefix))) {
      throw new RealtimeError(
        'invalid_api_key',
        'The client secret is unknown or has expired. Mint a new one.',
      )
    }
    if (keys.length === 0) return { kind: 'open', fingerprint: 'open' }
    throw new RealtimeError(
      'invalid_api_key',
      credentials.length === 0
        ? 'An API key is needed: send it as "Authorization: Bearer <key>".'
        : 'The API key is not one of this gateway.',
    )
  }
}

/**
 * Who comes back to a session with the secret that opened it, which may have expired since. The session itself is told
 * whose it is.
 */
export function returningHolder(credentials: readonly string[]): Principal | undefined {
  const secret = credentials.find((credential) => credential.startsWith(secretPrefix))
  return secret === undefined ? undefined : { kind: 'returning', fingerprint: fingerprintOf(secret) }
}

/** Compares digests of equal length against all keys, so that time tells nothing about any of them. */
function isOneOf(digests: readonly Buffer[], credential: string): boolean {
  const candidate = digest(credential)
  let found = false
  for (const known of digests) if (timingSafeEqual(known, candidate)) found = true
  return found
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
