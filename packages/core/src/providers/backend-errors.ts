import type { Refusal } from '../channel/node-socket.ts'
import { RealtimeError, type ErrorCode } from '../errors.ts'
import type { ErrorEvent } from '../events/server-events.ts'

/** What a backend refused a session for, in words a person can act on. */
const meaning = {
  invalid_api_key: 'The backend refused the key or token.',
  model_not_found: 'The backend does not know the model, deployment or address, or the key may not use it.',
  insufficient_quota: 'The account at the backend has no credit left.',
  rate_limit_exceeded: 'The backend is asked too often.',
  session_expired: 'The session at the backend has reached its longest duration.',
  unsupported: 'The backend does not speak the beta events of OpenAI any more; use its GA events.',
  backend_unavailable: 'The backend refused the request.',
} as const satisfies Partial<Record<ErrorCode, string>>

type BackendErrorCode = keyof typeof meaning

/** Vendors' own codes, in lower case and without `_` and `-`. A dotted code counts by its last part. */
const codeOfVendor: ReadonlyMap<string, BackendErrorCode> = new Map([
  ['invalidapikey', 'invalid_api_key'],
  ['invalidauthentication', 'invalid_api_key'],
  ['authenticationerror', 'invalid_api_key'],
  ['unauthorized', 'invalid_api_key'],
  ['unauthenticated', 'invalid_api_key'],
  ['permissiondenied', 'invalid_api_key'],
  ['permissionerror', 'invalid_api_key'],
  ['accessdenied', 'invalid_api_key'],
  ['forbidden', 'invalid_api_key'],
  ['modelnotfound', 'model_not_found'],
  ['invalidmodel', 'model_not_found'],
  ['modelnotsupported', 'model_not_found'],
  ['unsupportedmodel', 'model_not_found'],
  ['deploymentnotfound', 'model_not_found'],
  ['resourcenotfound', 'model_not_found'],
  ['insufficientquota', 'insufficient_quota'],
  ['quotaexceeded', 'insufficient_quota'],
  ['billinghardlimitreached', 'insufficient_quota'],
  ['billingnotactive', 'insufficient_quota'],
  ['ratelimitexceeded', 'rate_limit_exceeded'],
  ['ratelimiterror', 'rate_limit_exceeded'],
  ['toomanyrequests', 'rate_limit_exceeded'],
  ['resourceexhausted', 'rate_limit_exceeded'],
  ['sessionexpired', 'session_expired'],
  ['betaapishapedisabled', 'unsupported'],
])

const codeOfStatus: ReadonlyMap<number, BackendErrorCode> = new Map([
  [401, 'invalid_api_key'],
  [402, 'insufficient_quota'],
  [403, 'invalid_api_key'],
  [404, 'model_not_found'],
  [429, 'rate_limit_exceeded'],
])

/** Takes keys out of a text. */
export type Redact = (text: string) => string

/** An HTTP answer in place of the upgrade as an error; the vendor's code counts before the status. */
export function refusalError({ status, code }: Refusal): RealtimeError {
  const known = codeNamed(code) ?? codeOfStatus.get(status) ?? 'backend_unavailable'
  const detail = code === undefined ? `HTTP status ${status}` : `HTTP status ${status}, ${code}`
  return new RealtimeError(known, `${meaning[known]} (${detail})`)
}

/** An `error` event that came in place of the session. */
export function sessionRefusedError(error: ErrorEvent['error'], redact: Redact): RealtimeError {
  const vendorCode = error.code ?? error.type
  const code = codeNamed(error.code) ?? codeNamed(error.type) ?? 'backend_unavailable'
  // A server quotes part of the key when it refuses it, so its words are not shown then.
  const said = code === 'invalid_api_key' ? '' : withoutAddresses(redact(error.message))
  const words = said === '' ? '' : ` The backend said: ${said}`
  return new RealtimeError(code, `${meaning[code]} (${redact(vendorCode)})${words}`)
}

/** A connection that did not end normally, by the code and reason of its close. */
export function closeError(
  close: { readonly code: number; readonly reason: string },
  redact: Redact,
): RealtimeError {
  const known = close.reason
    .split(/[\s:;,]+/)
    .map(codeNamed)
    .find((code) => code !== undefined)
  const code = known ?? 'backend_unavailable'
  const said = withoutAddresses(redact(close.reason))
  const detail = said === '' ? `${close.code}` : `${close.code}: ${said}`
  const end =
    close.code === 1006 ? 'The connection to the backend broke off.' : 'The backend closed the connection.'
  const sentence = known ? meaning[known] : end
  return new RealtimeError(code, `${sentence} (close code ${detail})`)
}

/** Takes the secrets of an address and its headers out of any text. */
export function createRedact(endpoint: {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}): Redact {
  const query = URL.canParse(endpoint.url) ? [...new URL(endpoint.url).searchParams] : []
  const secrets = [...query, ...Object.entries(endpoint.headers ?? {})]
    .filter(([name]) => /key|token|secret|authorization/i.test(name))
    .map(([, value]) => value.replace(/^bearer /i, ''))
    .filter((value) => value !== '')
    .flatMap((value) => [value, encodeURIComponent(value)])
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
}

function codeNamed(vendorCode: string | null | undefined): BackendErrorCode | undefined {
  const last = vendorCode?.split('.').at(-1) ?? ''
  return codeOfVendor.get(last.toLowerCase().replaceAll(/[_-]/g, ''))
}

function withoutAddresses(text: string): string {
  return text.replaceAll(/\b(?:wss?|https?):\/\/\S+/g, '<address>').trim()
}
