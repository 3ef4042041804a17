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
  /** A response ended: the turn with its outcome and its cost. */
  | {
      readonly type: 'response'
      readonly responseId: string
      readonly status: 'completed' | 'cancelled' | 'incomplete' | 'failed'
      /** Why it is not completed, for example `turn_detected`. */
      readonly reason?: string | undefined
      readonly itemIds: readonly string[]
      readonly backend: string
      readonly model?: string | undefined
      /** As the backend counts it. */
      readonly usage?: Readonly<Record<string, unknown>> | undefined
      /** `event_id` of the `response.create` that asked for it. */
      readonly requestedBy?: string | undefined
    }
  /** How much of an assistant item was made and how much the listener heard, unless it was all of it. */
  | {
      readonly type: 'heard'
      readonly itemId: string
      readonly contentIndex: number
      readonly generatedMs: number
      readonly heardMs: number
      readonly heardTranscript: string
      /** Who says so: the client's player, the client's truncate, or a clock over what was sent. */
      readonly by: 'playback' | 'truncate' | 'clock'
    }
  /** Something that happened to the session, for people who read the log. */
  | {
      readonly type: 'life'
      readonly event: LifeEvent
      readonly backend?: string | undefined
      readonly model?: string | undefined
      /** An error code, a reason of `parley.session.migrated`, or where it was forked or imported from. */
      readonly detail?: string | undefined
    }
  /** Stands for all items up to `throughItemId` when a backend is told of the conversation. The newest counts. */
  | {
      readonly type: 'summary'
      readonly throughItemId: string
      readonly text: string
      /** A model's name or `extractive`. */
      readonly by: string
    }
  /** A fact every backend is told, however long ago it was said. One with a known id replaces it, and its words. */
  | { readonly type: 'pinned'; readonly factId: string; readonly text: string }
  | { readonly type: 'unpinned'; readonly factId: string }
  /** Stands where an entry was whose words were deleted; it only keeps its place in the log. */
  | {
      readonly type: 'erased'
      /** Where the item stood, for those that were placed behind it. Absent for other entries about it. */
      readonly place?: { readonly itemId: string; readonly previousItemId: string | null } | undefined
    }

/** What can happen to a session. */
export type LifeEvent =
  | 'connected'
  | 'migrated'
  | 'resumed'
  | 'interrupted'
  | 'disconnected'
  | 'handed_over'
  | 'forked'
  | 'imported'

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
  /** Kept so long after the last entry, `undefined` for ever. */
  readonly retentionSeconds?: number | undefined
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

/** Sound of one content part of an item, kept where a session asked for it. */
export interface ItemAudio {
  readonly itemId: string
  readonly contentIndex: number
  /** Media type of `bytes`, for example `audio/wav`. */
  readonly mediaType: string
  readonly durationMs: number
  readonly bytes: Uint8Array
}

/** What there is of a sound without its bytes. */
export interface ItemAudioNote extends Omit<ItemAudio, 'bytes'> {
  readonly byteLength: number
}

/** Something known of a person over all conversations. */
export interface PersonFact {
  readonly id: string
  readonly text: string
  /** Conversation it was learned in, `undefined` where the person wrote it. */
  readonly conversationId: string | undefined
  /** Unix ms. */
  readonly updatedAt: number
}

/** When entries that come from another store happened; Unix ms, the time of the call where nothing is given. */
export interface AppendTimes {
  /** Of the conversation, which has no entries yet. */
  readonly createdAt?: number | undefined
  /** Of each entry. The last one's becomes `updatedAt`. */
  readonly entries?: readonly (number | undefined)[] | undefined
}

/** What is known of people. Ids of persons follow the rules of conversation ids. */
export interface FactStore {
  /** In the order they first came; empty for a person nobody knows. */
  list(person: string): Promise<readonly PersonFact[]>
  /** Adds a fact, or replaces the one with its id. Gives it back as stored, with the time of the call if it has none. */
  put(person: string, fact: Omit<PersonFact, 'updatedAt'> & Partial<PersonFact>): Promise<PersonFact>
  /** Nothing of it remains. `false` for an unknown fact. */
  delete(person: string, factId: string): Promise<boolean>
  /** Persons of whom something is known, by id, at most `limit` (1 to 100) of those after an id. */
  people(options: ListOptions): Promise<readonly string[]>
  /** Nothing of the person remains. Number of facts deleted. */
  deleteAll(person: string): Promise<number>
}

/**
 * Append-only conversations. Once a `deleted` entry is stored, no word and no sound of that item is in the store: entries
 * about it, those that come late too, have become `erased`, and so have summaries that stand for it. Facts that are
 * pinned anew or unpinned leave their old words in the same way. When `append` resolves, the entries survive a kill of
 * the process, except in the memory store. All methods reject with `RealtimeError`: `revision_conflict`,
 * `store_unavailable`, and `invalid_value` for an id that is empty, over 256 characters or not clean Unicode.
 */
export interface ContextStore extends AsyncDisposable {
  /**
   * Entries become revisions `expectedRevision + 1 ...`; resolves with the last. Rejects with `revision_conflict` if
   * another came first, and nothing is written. The first append makes the conversation, even with no entries.
   */
  append(
    id: string,
    entries: readonly ContextEntry[],
    expectedRevision: number,
    times?: AppendTimes,
  ): Promise<number>
  /** `undefined` for an unknown id. */
  load(id: string): Promise<StoredContext | undefined>
  /** Rejects with `invalid_value` for a limit out of range or a cursor no list gave. */
  list(options: ListOptions): Promise<ContextPage>
  /** Nothing of it remains, its sound included. `false` for an unknown id. */
  delete(id: string): Promise<boolean>
  /** Keeps a sound; another of the same part replaces it. Rejects with `not_found` for an unknown conversation. */
  putAudio(id: string, audio: ItemAudio): Promise<void>
  /** `undefined` where no sound was kept. */
  loadAudio(id: string, part: Pick<ItemAudio, 'itemId' | 'contentIndex'>): Promise<ItemAudio | undefined>
  listAudio(id: string): Promise<readonly ItemAudioNote[]>
  /**
   * Has the conversation deleted `seconds` after its last entry; `undefined` keeps it for ever. `false` for an unknown
   * id.
   */
  setRetention(id: string, seconds: number | undefined): Promise<boolean>
  /** Deletes at most `limit` conversations whose time has come, really; gives their ids. */
  purge(limit: number): Promise<readonly string[]>
  readonly facts: FactStore
}
