import { foldEntries } from '@parley/core/storage'
import type {
  ContextEntry,
  ContextItem,
  Heard,
  ItemAudioNote,
  StoredContext,
  StoredEntry,
} from '@parley/core/storage'

/** A conversation as the REST routes give it; times are Unix ms. */
export interface ConversationDocument {
  readonly id: string
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Deleted so long after its last entry; absent for one that is kept for ever. */
  readonly retentionSeconds?: number | undefined
  readonly items: readonly DocumentItem[]
  /** Answers with outcome, backend and cost, in the order they ended. */
  readonly responses: readonly Timed<'response'>[]
  /** What happened to its sessions. */
  readonly life: readonly Timed<'life'>[]
  /** Facts every backend is told. */
  readonly facts: readonly { readonly id: string; readonly text: string }[]
  /** What stands for the oldest items when a backend is told of them. */
  readonly summary?: Timed<'summary'> | undefined
  /** Sound that is kept. */
  readonly audio: readonly ItemAudioNote[]
}

/** An item with when it came and how much of it was heard. */
export interface DocumentItem extends Omit<ContextItem, 'heard'> {
  readonly heard?: DocumentHeard | undefined
}

/** How much was made of an answer and how much of that was heard, and who says so where that is known. */
export interface DocumentHeard extends Heard {
  readonly generatedMs?: number | undefined
  readonly by?: Entry<'heard'>['by'] | undefined
}

type Entry<Type extends ContextEntry['type']> = Extract<ContextEntry, { type: Type }>
type Timed<Type extends ContextEntry['type']> = Omit<Entry<Type>, 'type'> & { readonly at: number }

/** What the log of a conversation amounts to, for people and programs that read it. */
export function toDocument(stored: StoredContext, audio: readonly ItemAudioNote[]): ConversationDocument {
  const { id, revision, createdAt, updatedAt, retentionSeconds, entries } = stored
  const heardBy = new Map(timed(entries, 'heard').map((entry) => [entry.itemId, entry]))
  return {
    id,
    revision,
    createdAt,
    updatedAt,
    retentionSeconds,
    items: foldEntries(entries).map((item) => withHeard(item, heardBy)),
    responses: timed(entries, 'response'),
    life: timed(entries, 'life'),
    facts: pinnedFacts(entries),
    summary: timed(entries, 'summary').at(-1),
    audio,
  }
}

function withHeard(
  { item, at, heard }: ContextItem,
  heardBy: ReadonlyMap<string, Timed<'heard'>>,
): DocumentItem {
  if (heard === undefined) return { item, at }
  const entry = heardBy.get(item.id ?? '')
  // A truncation that came after it counts instead.
  const isSame = entry?.heardMs === heard.audioEndMs && entry.contentIndex === heard.contentIndex
  return { item, at, heard: isSame ? { ...heard, generatedMs: entry.generatedMs, by: entry.by } : heard }
}

function timed<Type extends ContextEntry['type']>(
  entries: readonly StoredEntry[],
  type: Type,
): readonly Timed<Type>[] {
  return entries.flatMap(({ at, entry }) => {
    if (!isOf(entry, type)) return []
    const { type: _type, ...fields } = entry
    return [{ ...fields, at }]
  })
}

function isOf<Type extends ContextEntry['type']>(entry: ContextEntry, type: Type): entry is Entry<Type> {
  return entry.type === type
}

function pinnedFacts(entries: readonly StoredEntry[]): ConversationDocument['facts'] {
  const facts = new Map<string, string>()
  for (const { entry } of entries) {
    if (entry.type === 'pinned') facts.set(entry.factId, entry.text)
    if (entry.type === 'unpinned') facts.delete(entry.factId)
  }
  return [...facts].map(([id, text]) => ({ id, text }))
}
