import type { Item } from '../events/items.ts'

/** One change to a conversation. The log of entries is the conversation; `foldEntries` gives its items. */
export type ContextEntry =
  | {
      readonly type: 'item'
      /** Completed or incomplete item without audio bytes. An item with a known id replaces it in place. */
      readonly item: Item
      /** Item it stands behind, `null` for the first. */
      readonly previousItemId: string | null
    }
  | {
      readonly type: 'transcript'
      readonly itemId: string
      readonly contentIndex: number
      readonly transcript: string
    }
  | {
      readonly type: 'truncated'
      readonly itemId: string
      readonly contentIndex: number
      readonly audioEndMs: number
      /** What the listener heard of the transcript. */
      readonly heardTranscript: string
    }
  | { readonly type: 'deleted'; readonly itemId: string }

/** A stored entry with its place in the log and its time (Unix ms). */
export interface StoredEntry {
  /** 1 for the first entry. */
  readonly revision: number
  readonly at: number
  readonly entry: ContextEntry
}

/** A conversation as loaded. `revision` is that of the last entry, 0 for one that has none. */
export interface StoredContext {
  readonly id: string
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly entries: readonly StoredEntry[]
}

/** One row of a list. */
export interface ContextSummary {
  readonly id: string
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Items that are not deleted. */
  readonly itemCount: number
  /** Start of the first words said by the user, at most 80 characters, empty without any. */
  readonly title: string
}

/** Which part of the list: newest first, at most `limit` (1 to 100), older than the cursor. */
export interface ListOptions {
  readonly limit: number
  /** `cursor` of the page before. */
  readonly after?: string | undefined
}

/** A page of the list; `cursor` is absent on the last. */
export interface ContextPage {
  readonly contexts: readonly ContextSummary[]
  readonly cursor: string | undefined
}

/**
 * Append-only conversations. When `append` resolves, the entries survive a kill of the process, except in the
 * memory store. All methods reject with `RealtimeError`: `revision_conflict`, `store_unavailable`, and
 * `invalid_value` for an id that is empty, over 256 characters or not clean Unicode.
 */
export interface ContextStore extends AsyncDisposable {
  /**
   * Entries become revisions `expectedRevision + 1 ...`; resolves with the last. Rejects with `revision_conflict` if
   * another came first, and nothing is written. The first append makes the conversation, even with no entries.
   */
  append(id: string, entries: readonly ContextEntry[], expectedRevision: number): Promise<number>
  /** `undefined` for an unknown id. */
  load(id: string): Promise<StoredContext | undefined>
  /** Rejects with `invalid_value` for a limit out of range or a cursor no list gave. */
  list(options: ListOptions): Promise<ContextPage>
  /** Nothing of it remains. `false` for an unknown id. */
  delete(id: string): Promise<boolean>
}
