import type { AppendTimes, ContextPage, ItemAudio, ItemAudioNote, PersonFact } from '../context-store.ts'
import type { Erasing } from '../erasure.ts'
import type { ListRequest } from '../list-page.ts'
import type { Operation } from './operation.ts'

/** What a store asks of its engine, checked and encoded, and what each request is answered with. */
export interface Requests {
  readonly append: { readonly request: AppendRequest; readonly result: number }
  readonly load: { readonly request: IdRequest; readonly result: ContextRow | undefined }
  readonly list: { readonly request: ListRequest; readonly result: ContextPage }
  readonly delete: { readonly request: IdRequest; readonly result: boolean }
  readonly putAudio: {
    readonly request: IdRequest & { readonly audio: ItemAudio }
    readonly result: undefined
  }
  readonly loadAudio: {
    readonly request: IdRequest & Pick<ItemAudio, 'itemId' | 'contentIndex'>
    readonly result: ItemAudio | undefined
  }
  readonly listAudio: { readonly request: IdRequest; readonly result: readonly ItemAudioNote[] }
  readonly setRetention: {
    readonly request: IdRequest & { readonly seconds: number | undefined }
    readonly result: boolean
  }
  readonly purge: {
    /** `at` in Unix ms. */
    readonly request: { readonly limit: number; readonly at: number }
    readonly result: readonly string[]
  }
  readonly listFacts: { readonly request: PersonRequest; readonly result: readonly PersonFact[] }
  readonly putFact: {
    readonly request: PersonRequest & { readonly fact: PersonFact }
    readonly result: undefined
  }
  readonly listPeople: {
    readonly request: { readonly limit: number; readonly after: string }
    readonly result: readonly string[]
  }
  readonly deleteFact: {
    readonly request: PersonRequest & { readonly factId: string }
    readonly result: boolean
  }
  readonly deleteFacts: { readonly request: PersonRequest; readonly result: number }
}

/** Entries are JSON texts, so that threads copy strings instead of trees. */
export interface AppendRequest extends IdRequest {
  readonly entries: readonly string[]
  readonly erasing: Erasing
  /** Items that entries among these delete. */
  readonly deletedItemIds: readonly string[]
  /** Unix ms; what `times` leaves open. */
  readonly at: number
  readonly times: AppendTimes
  readonly expectedRevision: number
}

/** A request about one conversation. */
export interface IdRequest {
  readonly id: string
}

/** A request about one person. */
export interface PersonRequest {
  readonly person: string
}

/** A conversation with its entries as texts. */
export interface ContextRow {
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly retentionSeconds?: number
  readonly entries: readonly EntryRow[]
}

/** An entry as text. */
export interface EntryRow {
  readonly revision: number
  readonly at: number
  readonly entry: string
}

export type RequestName = keyof Requests

/** Any result of any request. */
export type AnyResult = Requests[RequestName]['result']

/** One request, narrowed by `name`. */
export type Request = {
  [Name in RequestName]: { readonly name: Name } & Requests[Name]['request']
}[RequestName]

/** How each request is carried out on a database. */
export type Operations = {
  readonly [Name in RequestName]: (request: Requests[Name]['request']) => Operation<Requests[Name]['result']>
}

/** Carries requests out, each as a whole or not at all. */
export interface Engine {
  call<Name extends RequestName>(
    name: Name,
    request: Requests[Name]['request'],
  ): Promise<Requests[Name]['result']>
  /** Finishes what was asked before and lets go of the database. Later calls reject with `store_unavailable`. */
  close(): Promise<void>
}
