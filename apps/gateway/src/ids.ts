import { randomBytes } from 'node:crypto'

/** `<prefix>_` and 12 random bytes as 16 letters: with a counter behind, ids stay within the 32 characters clients accept. */
export function createId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('base64url')}`
}
