import { RealtimeError } from '@parley/core'

/** A conversation id as clients may choose it; throws `invalid_value` naming `param`. */
export function parseConversationId(text: string, param: string): string {
  if (isConversationId(text)) return text
  throw new RealtimeError(
    'invalid_value',
    'A conversation id is "conv_" and 1 to 64 letters, digits, hyphens or underscores.',
    { param },
  )
}

/** True for an id that clients may choose. */
export function isConversationId(text: string): boolean {
  return /^conv_[A-Za-z0-9_-]{1,64}$/.test(text)
}
