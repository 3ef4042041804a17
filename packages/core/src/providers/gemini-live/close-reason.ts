import type { Close } from '../../channel/close.ts'
import { RealtimeError, type ErrorCode } from '../../errors.ts'

const meanings: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [
    /api[ _]key|unauthenticated|authentication|credential|access token|permission/i,
    'invalid_api_key',
    'Google refused the key or token.',
  ],
  [
    /is not found|not supported for bidi|publisher model|model.*not found/i,
    'model_not_found',
    'Gemini Live does not know this model.',
  ],
  [/quota|billing|credit/i, 'insufficient_quota', 'The quota of the Google account is used up.'],
  [
    /resource[ _]exhausted|too many|rate limit/i,
    'rate_limit_exceeded',
    'Gemini Live limits how often it may be called.',
  ],
]

/** Why the service closed. Its own words are kept unless they are about a key. */
export function closeReason({ code, reason }: Close): RealtimeError {
  for (const [pattern, errorCode, sentence] of meanings) {
    if (!pattern.test(reason)) continue
    const detail = errorCode === 'invalid_api_key' ? `close code ${code}` : `close code ${code}: ${reason}`
    return new RealtimeError(errorCode, `${sentence} (${detail})`)
  }
  const detail = reason === '' ? '' : `: ${reason}`
  return new RealtimeError(
    'backend_unavailable',
    `Gemini Live closed the connection with code ${code}${detail}.`,
  )
}

/** Whether dialling again cannot help. */
export function isFinal({ code }: RealtimeError): boolean {
  return code === 'invalid_api_key' || code === 'model_not_found' || code === 'insufficient_quota'
}
