import { RealtimeError } from '../errors.ts'
import { foldEntries } from './context-items.ts'
import type { ContextEntry, ContextStore, StoredEntry } from './context-store.ts'
import { copyAudio } from './copy-store.ts'

/** What is forked and where to. */
export interface ForkOptions {
  /** An existing conversation. */
  readonly from: string
  /** Id of the new one. */
  readonly to: string
  /** Last item the new one has; all of them without it. */
  readonly throughItemId?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Begins a new conversation with the items of another up to one of them, as they stand: with their words, times and
 * sounds, what was heard of them, the pinned facts, the summary that fits and the retention time. Turns and their costs stay with the
 * first. Resolves with the revision; rejects with `not_found` (`from`, `throughItemId`) and `revision_conflict`.
 */
export async function forkContext(store: ContextStore, options: ForkOptions): Promise<number> {
  const { from, to, throughItemId, signal } = options
  const source = await store.load(from)
  if (source === undefined) {
    throw new RealtimeError('not_found', 'There is no such conversation.', { param: 'from' })
  }
  const rebuilt = rebuild(source.entries, throughItemId)
  const forked: ContextEntry = { type: 'life', event: 'forked', detail: from }
  const revision = await store.append(to, [...rebuilt.entries.map(({ entry }) => entry), forked], 0, {
    entries: rebuilt.entries.map(({ at }) => at),
  })
  try {
    await store.setRetention(to, source.retentionSeconds)
    await copyAudio({ from: store, to: store, signal }, { from, to }, (itemId) => rebuilt.itemIds.has(itemId))
  } catch (error) {
    // Half a conversation is none; the first failure is the one to tell.
    await store.delete(to).catch(() => undefined)
    throw error
  }
  return revision
}

interface Rebuilt {
  readonly entries: readonly Pick<StoredEntry, 'at' | 'entry'>[]
  readonly itemIds: ReadonlySet<string>
}

function rebuild(log: readonly StoredEntry[], throughItemId: string | undefined): Rebuilt {
  const all = foldEntries(log)
  const end =
    throughItemId === undefined ? all.length - 1 : all.findIndex(({ item }) => item.id === throughItemId)
  if (end === -1 && throughItemId !== undefined) {
    throw new RealtimeError('not_found', 'There is no such item.', { param: 'throughItemId' })
  }
  const items = all.slice(0, end + 1)
  const itemIds = new Set(items.flatMap(({ item }) => item.id ?? []))
  const entries = items.map(({ item, at }, index) => {
    const previousItemId = index === 0 ? null : (items[index - 1]?.item.id ?? 'end')
    return { at, entry: { type: 'item', item, previousItemId } satisfies ContextEntry }
  })
  return { itemIds, entries: [...entries, ...aboutItems(log, itemIds)] }
}

/** What still counts of the rest of the log, in its order: what was heard last of each item, facts, the summary. */
function aboutItems(log: readonly StoredEntry[], itemIds: ReadonlySet<string>): readonly StoredEntry[] {
  const kept = new Map<string, StoredEntry>()
  for (const stored of log) {
    const { entry } = stored
    switch (entry.type) {
      case 'heard':
      case 'truncated':
        if (itemIds.has(entry.itemId)) replace(kept, `heard ${entry.itemId}`, stored)
        break
      case 'summary':
        if (itemIds.has(entry.throughItemId)) replace(kept, 'summary', stored)
        break
      case 'pinned':
        replace(kept, `fact ${entry.factId}`, stored)
        break
      case 'unpinned':
        kept.delete(`fact ${entry.factId}`)
        break
      case 'deleted':
        kept.delete(`heard ${entry.itemId}`)
        break
      case 'item':
      case 'transcript':
      case 'response':
      case 'life':
      case 'erased':
        break
    }
  }
  return [...kept.values()]
}

/** A key that is set again goes to the end. */
function replace(kept: Map<string, StoredEntry>, key: string, stored: StoredEntry): void {
  kept.delete(key)
  kept.set(key, stored)
}
