import { RealtimeError } from '../../errors.ts'
import type { StoredEntry } from '../context-store.ts'
import { decodeEntry } from '../entry-text.ts'
import type { EntryRow } from './protocol.ts'

/** Rows as entries. Throws `store_unavailable` that names the file for a text no store wrote or a gap in the log. */
export function toStoredEntries(rows: readonly EntryRow[], path: string): readonly StoredEntry[] {
  return rows.map(({ revision, at, entry: text }, index) => {
    const entry = decodeEntry(text)
    if (entry !== undefined && revision === index + 1) return { revision, at, entry }
    throw new RealtimeError(
      'store_unavailable',
      `The conversation store at ${path} is damaged: revision ${index + 1} of a conversation cannot be read.`,
    )
  })
}
