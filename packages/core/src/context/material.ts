import type { Item, UserContentPart } from '../events/items.ts'
import { foldEntries, toReplayItems } from '../storage/context-items.ts'
import type { StoredEntry } from '../storage/context-store.ts'
import type { ContextMaterial, Fact } from './context-plan.ts'

/** What is remembered beside the items of a conversation. */
export type Remembered = Pick<ContextMaterial, 'summary' | 'pinned'>

/** Everything a log of entries holds that a backend could be told, with what is known of the person. */
export function toMaterial(entries: readonly StoredEntry[], person: readonly Fact[]): ContextMaterial {
  return { items: toReplayItems(foldEntries(entries)), ...rememberedIn(entries), person }
}

/**
 * Summary and pinned facts of a log. A summary no longer counts once an item was deleted after it, because it may tell
 * what the item said.
 */
export function rememberedIn(entries: readonly StoredEntry[]): Remembered {
  return entries.reduce<Remembered>((before, { entry }) => remember(before, entry), {
    summary: undefined,
    pinned: [],
  })
}

/** What is remembered after one more entry. */
export function remember(before: Remembered, entry: StoredEntry['entry']): Remembered {
  switch (entry.type) {
    case 'summary': {
      const { throughItemId, text, by } = entry
      return { ...before, summary: { throughItemId, text, by } }
    }
    case 'pinned': {
      const fact = { id: entry.factId, text: entry.text }
      const known = before.pinned.some(({ id }) => id === fact.id)
      return {
        ...before,
        pinned: known
          ? before.pinned.map((other) => (other.id === fact.id ? fact : other))
          : [...before.pinned, fact],
      }
    }
    case 'unpinned':
      return { ...before, pinned: before.pinned.filter(({ id }) => id !== entry.factId) }
    case 'deleted':
      return { ...before, summary: undefined }
    case 'item':
    case 'transcript':
    case 'truncated':
    case 'heard':
    case 'response':
    case 'life':
    case 'erased':
      return before
  }
}

/** Items of a running session as a backend could be told them: in words, of cut answers what was heard, and images. */
export function toldItems(items: readonly Item[]): readonly Item[] {
  const worded = toReplayItems(items.map((item) => ({ item, at: 0, heard: undefined })))
  const byId = new Map(worded.map((item) => [item.id, item]))
  return items.flatMap((item) => withImages(item) ?? byId.get(item.id) ?? [])
}

/** A message of the user with its images and its words; `undefined` for anything without images. */
function withImages(item: Item): Item | undefined {
  if (item.type !== 'message' || item.role !== 'user') return undefined
  if (!item.content.some(({ type }) => type === 'input_image')) return undefined
  const content = item.content.flatMap((part): readonly UserContentPart[] => {
    if (part.type !== 'input_audio') return [part]
    return part.transcript == null || part.transcript.trim() === ''
      ? []
      : [{ type: 'input_text', text: part.transcript }]
  })
  return { id: item.id, type: item.type, role: item.role, content }
}
