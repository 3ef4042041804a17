import { RealtimeError } from '../../errors.ts'
import type { ItemAudioNote, PersonFact, StoredEntry } from '../context-store.ts'
import { decodeEntry } from '../entry-text.ts'
import type { Row } from './operation.ts'
import type { EntryRow } from './requests.ts'

/** Rows as entries. Throws `store_unavailable` that names the store for a text no store wrote or a gap in the log. */
export function toStoredEntries(rows: readonly EntryRow[], place: string): readonly StoredEntry[] {
  return rows.map(({ revision, at, entry: text }, index) => {
    const entry = decodeEntry(text)
    if (entry !== undefined && revision === index + 1) return { revision, at, entry }
    throw new RealtimeError(
      'store_unavailable',
      `The conversation store at ${place} is damaged: revision ${index + 1} of a conversation cannot be read.`,
    )
  })
}

/** A row of the log. */
export function toEntryRow(row: Row): EntryRow {
  return { revision: Number(row['revision']), at: Number(row['at']), entry: String(row['entry']) }
}

/** A row of the sounds, without bytes. */
export function toAudioNote(row: Row): ItemAudioNote {
  return {
    itemId: String(row['item_id']),
    contentIndex: Number(row['content_index']),
    mediaType: String(row['media_type']),
    durationMs: Number(row['duration_ms']),
    byteLength: Number(row['byte_length']),
  }
}

/** What is kept of a fact in one column; as JSON, because not every engine keeps every character of a text. */
export function encodeFact({ text, conversationId }: PersonFact): string {
  return JSON.stringify([text, conversationId ?? null])
}

/** A row of the facts. */
export function toPersonFact(row: Row): PersonFact {
  const [text, conversationId]: readonly unknown[] = JSON.parse(String(row['fact']))
  return {
    id: String(row['id']),
    text: String(text),
    conversationId: typeof conversationId === 'string' ? conversationId : undefined,
    updatedAt: Number(row['updated_at']),
  }
}
