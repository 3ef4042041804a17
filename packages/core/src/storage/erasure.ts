import { foldEntries } from './context-items.ts'
import type { ContextEntry, StoredEntry } from './context-store.ts'

/**
 * Whether entries may make others leave their words: those that delete an item or replace a fact do, those that tell
 * more of an item leave their own where it was deleted before.
 */
export type Erasing = 'yes' | 'after_deletions' | 'no'

/** What entries that are about to be stored do to the log. */
export function erasingOf(entries: readonly ContextEntry[]): {
  readonly erasing: Erasing
  readonly deletedItemIds: readonly string[]
} {
  const deletedItemIds = entries.flatMap((entry) => (entry.type === 'deleted' ? entry.itemId : []))
  const yes = entries.some(({ type }) => type === 'deleted' || type === 'pinned' || type === 'unpinned')
  const tells = entries.some(({ type }) => type === 'transcript' || type === 'truncated' || type === 'heard')
  return { erasing: yes ? 'yes' : tells ? 'after_deletions' : 'no', deletedItemIds }
}

/**
 * What is left of the entries of a log that hold words of items it deletes, or of facts it replaces or unpins, by
 * revision. A summary holds the words of all items it stands for. Entries without such words are not among them.
 */
export function erasuresIn(log: readonly StoredEntry[]): ReadonlyMap<number, ContextEntry> {
  const erasures = new Map<number, ContextEntry>()
  // From the end: what follows an item's deletion may make it anew.
  const deleted = new Set<string>()
  const replaced = new Set<string>()
  for (const { revision, entry } of log.toReversed()) {
    if (entry.type === 'deleted') deleted.add(entry.itemId)
    else if (entry.type === 'pinned' || entry.type === 'unpinned') {
      if (entry.type === 'pinned' && replaced.has(entry.factId)) erasures.set(revision, { type: 'erased' })
      replaced.add(entry.factId)
    } else if (entry.type === 'summary') {
      if (deleted.size > 0 && summarizesAny(log.slice(0, revision), entry.throughItemId, deleted))
        erasures.set(revision, { type: 'erased' })
    } else if (deleted.has(subjectOf(entry) ?? '')) erasures.set(revision, erase(entry))
  }
  eraseLate(log, erasures)
  return erasures
}

/** Items that were deleted and not made anew. */
export function deletedItems(log: readonly StoredEntry[]): ReadonlySet<string> {
  const deleted = new Set<string>()
  for (const { entry } of log) follow(deleted, entry)
  return deleted
}

/** What comes after its item was deleted, a transcript for example, has no words either. */
function eraseLate(log: readonly StoredEntry[], erasures: Map<number, ContextEntry>): void {
  const deleted = new Set<string>()
  for (const { revision, entry } of log) {
    follow(deleted, entry)
    if (deleted.has(subjectOf(entry) ?? '')) erasures.set(revision, { type: 'erased' })
  }
}

function follow(deleted: Set<string>, entry: ContextEntry): void {
  if (entry.type === 'deleted') deleted.add(entry.itemId)
  else if (entry.type === 'item' && entry.item.id !== undefined) deleted.delete(entry.item.id)
}

function erase(entry: ContextEntry): ContextEntry {
  if (entry.type !== 'item' || entry.item.id === undefined) return { type: 'erased' }
  return { type: 'erased', place: { itemId: entry.item.id, previousItemId: entry.previousItemId } }
}

/** Item whose words an entry holds. */
function subjectOf(entry: ContextEntry): string | undefined {
  switch (entry.type) {
    case 'item':
      return entry.item.id
    case 'transcript':
    case 'truncated':
    case 'heard':
      return entry.itemId
    case 'deleted':
    case 'response':
    case 'life':
    case 'summary':
    case 'pinned':
    case 'unpinned':
    case 'erased':
      return undefined
  }
}

/** A summary through an item that is not there any more may stand for any of those before it. */
function summarizesAny(
  before: readonly StoredEntry[],
  throughItemId: string,
  itemIds: ReadonlySet<string>,
): boolean {
  const ids = foldEntries(before).map(({ item }) => item.id ?? '')
  const end = ids.indexOf(throughItemId)
  return ids.slice(0, end === -1 ? undefined : end + 1).some((id) => itemIds.has(id))
}
