import type { ContextEntry, StoredEntry } from '../../storage/context-store.ts'
import type { OpenStore } from '../store-laws/scene.ts'
import { spoiled } from './spoiled-store.ts'

/** A store whose loaded entries are changed; `written` are those appended so far, in order. */
function loading(
  change: (entry: StoredEntry, log: readonly StoredEntry[], written: readonly ContextEntry[]) => ContextEntry,
): OpenStore {
  return spoiled((store) => {
    const written: ContextEntry[] = []
    return {
      append: async (id, entries, revision) => {
        written.push(...entries)
        return store.append(id, entries, revision)
      },
      load: async (id) => {
        const context = await store.load(id)
        if (context === undefined) return undefined
        const log = context.entries
        return {
          ...context,
          entries: log.map((stored) => ({ ...stored, entry: change(stored, log, written) })),
        }
      },
    }
  })
}

/** A wrong store for each law of erasure. */
export const erasureMutants: Readonly<Record<string, OpenStore>> = {
  'erases the words of a deleted item, those of its own append too, and no entry more': loading(
    ({ revision, entry }, _log, written) => {
      const was = written[revision - 1]
      return was?.type === 'heard' ? was : entry
    },
  ),

  'keeps revisions and times of what it erases': spoiled((store) => ({
    load: async (id) => {
      const context = await store.load(id)
      if (context === undefined) return undefined
      return { ...context, entries: context.entries.filter(({ entry }) => entry.type !== 'erased') }
    },
  })),

  'keeps the order of the items that stood behind a deleted one': loading(({ entry }) =>
    entry.type === 'erased' ? { type: 'erased' } : entry,
  ),

  'erases a summary that stands for a deleted item, and no other': loading(
    ({ revision, entry }, _log, written) => {
      const was = written[revision - 1]
      return was?.type === 'summary' ? was : entry
    },
  ),

  'keeps an item that was made anew under the id of a deleted one': loading(({ entry }, log) => {
    const id = entry.type === 'item' ? entry.item.id : undefined
    const isDeleted = log.some(({ entry: other }) => other.type === 'deleted' && other.itemId === id)
    return isDeleted ? { type: 'erased' } : entry
  }),

  'erases the words of a fact that is replaced or unpinned': loading(({ revision, entry }, _log, written) => {
    const was = written[revision - 1]
    return was?.type === 'pinned' ? was : entry
  }),

  'keeps no word and no sound that comes after its item was deleted': loading(
    ({ revision, entry }, log, written) => {
      const isLate = log.slice(0, revision - 1).some(({ entry: earlier }) => earlier.type === 'deleted')
      return (isLate ? written[revision - 1] : undefined) ?? entry
    },
  ),

  'has no word of a deleted item in the list': spoiled((store) => {
    const titles = new Map<string, string>()
    return {
      list: async (options) => {
        const { contexts, cursor } = await store.list(options)
        const kept = contexts.map((row) => ({ ...row, title: titles.get(row.id) ?? row.title }))
        for (const { id, title } of kept) titles.set(id, title)
        return { contexts: kept, cursor }
      },
    }
  }),
}
