import { RealtimeError } from '../errors.ts'
import { canonicalJson } from './canonical-json.ts'
import type { ContextStore, ItemAudioNote, StoredContext } from './context-store.ts'

/** How far a copy has come. */
export interface CopyProgress {
  /** Conversations there are, and those that are copied and compared. */
  readonly total: number
  readonly conversations: number
  /** Of those, the ones that were there already, whole: nothing of them was written. */
  readonly skipped: number
  readonly entries: number
  readonly sounds: number
  /** Of sounds. */
  readonly bytes: number
  readonly people: number
}

/** Options of a copy. */
export interface CopyOptions {
  /** Told before anything is written: conversations to copy, and those the other store holds. */
  readonly onBegin?: ((found: { readonly total: number; readonly present: number }) => void) | undefined
  /** Told after each conversation and each person. */
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
  /** Stops between two writes; its reason is thrown. What is copied by then stays, and is not copied again. */
  readonly signal?: AbortSignal | undefined
}

/** Entries of one append: long conversations do not stand in one transaction. */
const chunkEntries = 1000
/** Conversations under way at once, so that the round trips of one hide behind the work on others. */
const lanes = 8
const pageLimit = 100

/**
 * Copies everything from one store to another that nobody else writes to, with all times, and compares what arrived.
 * Goes on with a copy that was stopped. Rejects with `revision_conflict` that names a conversation which is in both
 * and not the same; the source is never changed.
 */
export async function copyStore(
  from: ContextStore,
  to: ContextStore,
  { onBegin, onProgress, signal }: CopyOptions = {},
): Promise<CopyProgress> {
  const [ids, present] = await Promise.all([allIds(from, signal), allIds(to, signal)])
  const total = ids.length
  onBegin?.({ total, present: present.length })
  const progress = { total, conversations: 0, skipped: 0, entries: 0, sounds: 0, bytes: 0, people: 0 }
  const stores = { from, to, signal }
  let failed = false

  async function lane(): Promise<void> {
    for (let id = ids.pop(); id !== undefined && !failed; id = ids.pop()) {
      // oxlint-disable-next-line no-await-in-loop
      const { entries, notes, wrote } = await copyContext(stores, id)
      progress.conversations += 1
      if (!wrote) progress.skipped += 1
      progress.entries += entries
      progress.sounds += notes.length
      progress.bytes += notes.reduce((sum, { byteLength }) => sum + byteLength, 0)
      onProgress?.({ ...progress })
    }
  }

  await Promise.all(
    Array.from({ length: lanes }, async () =>
      lane().catch((error: unknown) => {
        failed = true
        throw error
      }),
    ),
  )
  for await (const person of allPeople(from)) {
    await copyFacts(stores, person)
    progress.people += 1
    onProgress?.({ ...progress })
  }
  return progress
}

interface Stores {
  readonly from: ContextStore
  readonly to: ContextStore
  readonly signal: AbortSignal | undefined
}

async function allIds(store: ContextStore, signal: AbortSignal | undefined): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    signal?.throwIfAborted()
    // Each page begins where the one before ended.
    // oxlint-disable-next-line no-await-in-loop
    const { contexts, cursor } = await store.list({ limit: pageLimit, after })
    ids.push(...contexts.map(({ id }) => id))
    after = cursor
  } while (after !== undefined)
  return ids
}

async function* allPeople(store: ContextStore): AsyncGenerator<string> {
  let after: string | undefined
  do {
    // oxlint-disable-next-line no-await-in-loop
    const people = await store.facts.people({ limit: pageLimit, after })
    yield* people
    after = people.length === pageLimit ? people.at(-1) : undefined
  } while (after !== undefined)
}

async function copyContext(
  { from, to, signal }: Stores,
  id: string,
): Promise<{ readonly entries: number; readonly notes: readonly ItemAudioNote[]; readonly wrote: boolean }> {
  const source = await from.load(id)
  // Deleted since it was listed.
  if (source === undefined) return { entries: 0, notes: [], wrote: true }
  const present = await to.load(id)
  if (present !== undefined && !isBeginningOf(present, source)) {
    throw new RealtimeError('revision_conflict', `Conversation ${id} is there already and is another one.`, {
      param: 'id',
    })
  }
  const { createdAt } = source
  if (present === undefined) await to.append(id, [], 0, { createdAt })
  for (let revision = present?.revision ?? 0; revision < source.revision;) {
    signal?.throwIfAborted()
    const chunk = source.entries.slice(revision, revision + chunkEntries)
    const times = { createdAt, entries: chunk.map(({ at }) => at) }
    // oxlint-disable-next-line no-await-in-loop
    revision = await to.append(
      id,
      chunk.map(({ entry }) => entry),
      revision,
      times,
    )
  }
  const isKeptAsLong = source.retentionSeconds === present?.retentionSeconds
  if (!isKeptAsLong) await to.setRetention(id, source.retentionSeconds)
  const { notes, copied } = await copyAudio({ from, to, signal }, { from: id, to: id })
  const arrived = await to.load(id)
  if (arrived?.revision !== source.revision || !isBeginningOf(arrived, source)) throw notTheSame(id)
  const wrote = present?.revision !== source.revision || !isKeptAsLong || copied > 0
  return { entries: source.revision, notes, wrote }
}

/**
 * Copies the sounds of a conversation that are not there yet, and compares them; gives what there is of them, and how
 * many were copied. `wanted` says which items' sounds are meant, all by default.
 */
export async function copyAudio(
  { from, to, signal }: Stores,
  ids: { readonly from: string; readonly to: string },
  wanted: (itemId: string) => boolean = () => true,
): Promise<{ readonly notes: readonly ItemAudioNote[]; readonly copied: number }> {
  const all = await from.listAudio(ids.from)
  const notes = all.filter(({ itemId }) => wanted(itemId))
  const present = new Set((await to.listAudio(ids.to)).map(canonicalJson))
  const lacking = notes.filter((one) => !present.has(canonicalJson(one)))
  for (const note of lacking) {
    signal?.throwIfAborted()
    // One sound in memory at a time.
    // oxlint-disable-next-line no-await-in-loop
    const audio = await from.loadAudio(ids.from, note)
    if (audio === undefined) continue
    // oxlint-disable-next-line no-await-in-loop
    await to.putAudio(ids.to, audio)
    // oxlint-disable-next-line no-await-in-loop
    const arrived = await to.loadAudio(ids.to, note)
    if (arrived === undefined || Buffer.compare(arrived.bytes, audio.bytes) !== 0) throw notTheSame(ids.to)
  }
  return { notes, copied: lacking.length }
}

async function copyFacts({ from, to, signal }: Stores, person: string): Promise<void> {
  const present = new Map((await to.facts.list(person)).map((fact) => [fact.id, canonicalJson(fact)]))
  for (const fact of await from.facts.list(person)) {
    signal?.throwIfAborted()
    // In order, which is part of them.
    // oxlint-disable-next-line no-await-in-loop
    if (present.get(fact.id) !== canonicalJson(fact)) await to.facts.put(person, fact)
  }
}

function isBeginningOf(context: StoredContext, whole: StoredContext): boolean {
  return (
    context.revision <= whole.revision &&
    context.entries.every((entry, index) => canonicalJson(entry) === canonicalJson(whole.entries[index]))
  )
}

function notTheSame(id: string): RealtimeError {
  return new RealtimeError('store_unavailable', `Conversation ${id} did not arrive as it was.`)
}
