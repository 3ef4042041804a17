import type { ContextEntry, ContextStore } from '../storage/context-store.ts'

/** Appends to one conversation in order. What could not be stored is kept and tried with the next entries. */
export interface ContextWriter {
  /** Resolves when these entries, and all before them, are stored. */
  append(entries: readonly ContextEntry[]): Promise<void>
}

/** A writer that continues after `revision`. Entries that arrive while a write runs go into the next one. */
export function createContextWriter(store: ContextStore, id: string, revision: number): ContextWriter {
  const waiting: ContextEntry[] = []
  let current = revision
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice()
        current = await store.append(id, batch, current)
        waiting.splice(0, batch.length)
      }
    } finally {
      writing = undefined
    }
  }

  return {
    append(entries) {
      waiting.push(...entries)
      writing ??= write()
      return writing
    },
  }
}
