import { RealtimeError } from '../../errors.ts'
import type { ContextEntry } from '../../storage/context-store.ts'
import type { OpenStore } from '../store-laws/scene.ts'
import { spoiled } from './spoiled-store.ts'

/** Without the schema's loose fields. */
function strictEntry(entry: ContextEntry): ContextEntry {
  if (entry.type !== 'item' || entry.item.type !== 'message' || entry.item.role !== 'user') return entry
  const { id, type, role, content } = entry.item
  return { ...entry, item: { ...(id !== undefined && { id }), type, role, content } }
}

/** A wrong store for each law of the log. */
export const logMutants: Readonly<Record<string, OpenStore>> = {
  'gives back what was appended, with unknown fields and every character': spoiled((store) => ({
    append: (id, entries, revision) => store.append(id, entries.map(strictEntry), revision),
  })),

  'keeps its own copy of what was appended and of what it gives': spoiled((store) => ({
    append: async (id, entries, revision) => {
      await Promise.resolve()
      return store.append(id, entries, revision)
    },
  })),

  'numbers entries from 1 without gaps and stamps them with the time': spoiled((store) => ({
    load: async (id) => {
      const context = await store.load(id)
      return (
        context && { ...context, entries: context.entries.map((entry, revision) => ({ ...entry, revision })) }
      )
    },
  })),

  'refuses an append on another revision and writes nothing': spoiled((store) => ({
    append: async (id, entries, revision) => {
      const current = (await store.load(id))?.revision ?? 0
      const written = await store.append(id, entries, current)
      if (current !== revision) throw new RealtimeError('revision_conflict', 'late')
      return written
    },
  })),

  'lets exactly one of many appends at the same time win a revision, and the others fail alone': spoiled(
    (store) => ({
      append: async (id, entries, revision) => {
        const current = (await store.load(id))?.revision ?? 0
        if (current !== revision) throw new RealtimeError('revision_conflict', 'early')
        // Checked, and then written behind whatever came in between.
        const write = async (): Promise<number> =>
          store.append(id, entries, (await store.load(id))?.revision ?? 0).catch(write)
        return write()
      },
    }),
  ),

  'takes the times of what happened elsewhere': spoiled((store) => ({
    append: (id, entries, revision) => store.append(id, entries, revision),
  })),

  'keeps conversations apart': spoiled((store) => ({
    append: (id, entries, revision) => store.append(id.trim(), entries, revision),
    load: (id) => store.load(id.trim()),
  })),

  'makes a conversation with the first append, even with no entries': spoiled((store) => ({
    append: async (id, entries, revision) =>
      entries.length === 0 ? revision : store.append(id, entries, revision),
  })),

  'knows nothing of a conversation never appended to': spoiled((store) => ({
    delete: async (id) => (await store.delete(id)) || true,
  })),

  'lists the newest first, the greater id first where times are equal': spoiled((store) => ({
    list: async (options) => {
      const page = await store.list(options)
      return { ...page, contexts: page.contexts.toSorted((a, b) => b.createdAt - a.createdAt) }
    },
  })),

  'pages through the list without losing or repeating one, and ends at the last': spoiled((store) => ({
    list: async (options) => {
      const page = await store.list(options)
      const last = page.contexts.at(-1)
      // A cursor of the time alone skips what is as old as the last row.
      const cursor =
        page.cursor && last && Buffer.from(JSON.stringify([last.updatedAt, ''])).toString('base64url')
      return { ...page, cursor }
    },
  })),

  'gives an empty page when there is nothing': spoiled((store) => ({
    list: async (options) => {
      const page = await store.list(options)
      return page.contexts.length === 0 ? { ...page, cursor: options.after ?? 'next' } : page
    },
  })),

  'counts the items that are not deleted': spoiled((store) => ({
    list: async (options) => {
      const page = await store.list(options)
      return { ...page, contexts: page.contexts.map((row) => ({ ...row, itemCount: row.revision })) }
    },
  })),

  'takes the title from the first words of the user, also when they come later': spoiled((store) => {
    const titles = new Map<string, string>()
    return {
      list: async (options) => {
        const page = await store.list(options)
        for (const { id, title } of page.contexts) if (!titles.has(id)) titles.set(id, title)
        return {
          ...page,
          contexts: page.contexts.map((row) => ({ ...row, title: titles.get(row.id) ?? '' })),
        }
      },
    }
  }),

  'keeps a title whatever characters the user said': spoiled((store) => ({
    list: async (options) => {
      const { contexts, cursor } = await store.list(options)
      // As a database that ends a text at U+0000.
      return { contexts: contexts.map((row) => ({ ...row, title: row.title.replace(/b.*/u, '') })), cursor }
    },
  })),

  'refuses a limit out of range and a cursor that is none': spoiled((store) => ({
    list: ({ limit, after }) =>
      store.list({ limit: Math.min(Math.max(1, Math.trunc(limit) || 1), 100), after }),
  })),

  'refuses an id it could not keep apart from others': spoiled((store) => ({
    load: (id) => store.load(id.toWellFormed()),
  })),

  'leaves nothing of a deleted conversation and begins it anew': spoiled((store) => {
    const hidden = new Set<string>()
    return {
      load: async (id) => (hidden.has(id) ? undefined : store.load(id)),
      delete: async (id) => {
        hidden.add(id)
        return (await store.load(id)) !== undefined
      },
    }
  }),

  'finishes what was asked before it was disposed of': spoiled((store) => ({
    append: async (id, entries, revision) => {
      await new Promise((resolve) => setImmediate(resolve))
      return store.append(id, entries, revision)
    },
  })),

  'is unavailable after it was disposed of, which may be done twice': spoiled(() => ({
    [Symbol.asyncDispose]: async () => {},
  })),
}
