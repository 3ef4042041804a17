import type { ErrorCode } from '../../errors.ts'
import type { AnyResult, Request } from '../sql/requests.ts'

/** Answer to one request. The error is carried by its fields: a class does not survive the copy. */
export type Reply =
  | { readonly ok: true; readonly value: AnyResult }
  | { readonly ok: false; readonly error: Failure }

export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly param: string | undefined
}

/** Groups of requests, each answered by one group of replies in the same order; `close` ends the thread. */
export type ToThread = readonly Request[] | 'close'

/** First word of the thread: open or failed; after that replies only. */
export type FromThread =
  | { readonly type: 'open' }
  | { readonly type: 'failed'; readonly error: Failure }
  | { readonly type: 'replies'; readonly replies: readonly Reply[] }
