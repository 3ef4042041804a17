import { createHash, randomBytes } from 'node:crypto'
import type { ClientEvent } from '@parley/core'
import type { RecordKind } from './record-kinds.ts'

/** A short-lived credential for one realtime session or more. Times are Unix ms. */
export interface ClientSecret {
  readonly value: string
  readonly expiresAt: number
  /** Model asked for when the request names none. */
  readonly model: string | undefined
  /** What its sessions are for when the request does not say. */
  readonly intent: 'conversation' | 'transcription'
  /** Its sessions are recorded so, `undefined` where they are not and may not ask for it. */
  readonly record?: RecordKind | undefined
  /** Whose facts its sessions are told and learn, `undefined` for nobody's. */
  readonly person?: string | undefined
  /** Comes before the client's first event, `undefined` for a session with defaults. */
  readonly firstEvent: ClientEvent | undefined
}

/** What a secret is good for. */
export type ClientGrants = Pick<ClientSecret, 'model' | 'intent' | 'record' | 'person' | 'firstEvent'>

/** Secrets that are good now. */
export interface ClientSecrets {
  mint(lifetimeSeconds: number, grants: ClientGrants): Promise<ClientSecret>
  /** `undefined` for an unknown or expired value. */
  find(value: string): Promise<ClientSecret | undefined>
}

/** Every secret begins with this, as OpenAI's do. */
export const secretPrefix = 'ek_'

const maxSecrets = 10_000

/** A new value nobody can guess. */
export function createSecretValue(): string {
  return `${secretPrefix}${randomBytes(24).toString('base64url')}`
}

/** Secrets in memory, none yet; they end with the process. `now` is in ms. */
export function createClientSecrets(now: () => number): ClientSecrets {
  // Keyed by digest, so that a lookup takes the same time however much of a guess is right.
  const secrets = new Map<string, ClientSecret>()

  function makeRoom(): void {
    for (const [key, secret] of secrets) if (secret.expiresAt <= now()) secrets.delete(key)
    const oldest = secrets.keys().next()
    if (secrets.size >= maxSecrets && !oldest.done) secrets.delete(oldest.value)
  }

  return {
    async mint(lifetimeSeconds, grants) {
      if (secrets.size >= maxSecrets) makeRoom()
      const value = createSecretValue()
      const secret = { ...grants, value, expiresAt: now() + lifetimeSeconds * 1000 }
      secrets.set(digest(value), secret)
      return secret
    },
    async find(value) {
      const secret = secrets.get(digest(value))
      return secret !== undefined && secret.expiresAt > now() ? secret : undefined
    },
  }
}

/** What a secret is looked up by. */
export function digest(value: string): string {
  return createHash('sha256').update(value).digest('base64')
}
