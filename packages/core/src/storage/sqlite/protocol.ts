import type { ErrorCode } from '../../errors.ts'
import type { ContextPage } from '../context-store.ts'
import type { ListRequest } from '../list-page.ts'

/** What the store asks of the thread that holds the database, and what each request is answered with. */
export interface Operations {
  readonly append: { readonly request: AppendRequest; readonly result: number }
  readonly load: { readonly request: IdRequest; readonly result: ContextRow | undefined }
  readonly list: { readonly request: ListRequest; readonly result: ContextPage }
  readonly delete: { readonly request: IdRequest; readonly result: boolean }
}

/** Entries are JSON texts, so that the thread copies strings instead of trees. */
export interface AppendRequest extends IdRequest {
  readonly entries: readonly string[]
  /** Unix ms. */
  readonly at: number
  readonly expectedRevision: number
}

export interface IdRequest {
  readonly id: string
}

/** A conversation with its entries as texts. */
export interface ContextRow {
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly entries: readonly EntryRow[]
}

export interface EntryRow {
  readonly revision: number
  readonly at: number
  readonly entry: string
}

export type OperationName = keyof Operations

/** One request, narrowed by `name`. */
export type Request = {
  [Name in OperationName]: { readonly name: Name } & Operations[Name]['request']
}[OperationName]

/** Answer to one request. The error is carried by its fields: a class does not survive the copy. */
export type Reply =
  | { readonly ok: true; readonly value: Operations[OperationName]['result'] }
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
