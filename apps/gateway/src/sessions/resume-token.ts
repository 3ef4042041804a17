import { createHash, randomBytes } from 'node:crypto'

/** What a client comes back with, and what the gateway knows it by. */
export interface ResumeToken {
  /** 256 random bits; told to the client once and kept nowhere. */
  readonly token: string
  /** A digest of it: names the session in registries, and opens nothing. */
  readonly id: string
}

const tokenForm = /^rt_[A-Za-z0-9_-]{43}$/

/** A token nobody has. */
export function createResumeToken(): ResumeToken {
  const token = `rt_${randomBytes(32).toString('base64url')}`
  return { token, id: digest(token) }
}

/** The session a token is for, `undefined` for what is no token. */
export function sessionOfToken(token: string): string | undefined {
  return tokenForm.test(token) ? digest(token) : undefined
}

/** A credential as it is remembered: enough to know it again, not to use it. */
export function fingerprintOf(credential: string): string {
  return digest(credential)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
