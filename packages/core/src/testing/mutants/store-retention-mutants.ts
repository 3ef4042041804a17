import type { OpenStore } from '../store-laws/scene.ts'
import { spoiled } from './spoiled-store.ts'

/** A wrong store for each law of retention. */
export const retentionMutants: Readonly<Record<string, OpenStore>> = {
  'says how long a conversation is kept, until that is taken back': spoiled((store) => ({
    setRetention: async (id, seconds) =>
      seconds === undefined ? (await store.load(id)) !== undefined : store.setRetention(id, seconds),
  })),

  'purges a conversation once its time after its last entry is over, and not before': spoiled(
    (store, now) => ({
      purge: async (limit) => {
        // Counts from the first entry.
        const { contexts } = await store.list({ limit: 100 })
        const ids: string[] = []
        for (const { id, createdAt } of contexts) {
          const seconds = (await store.load(id))?.retentionSeconds
          if (seconds !== undefined && createdAt + seconds * 1000 <= now()) ids.push(id)
        }
        for (const id of ids.slice(0, limit)) await store.delete(id)
        return ids
      },
    }),
  ),

  'keeps the time of a conversation that is still empty': spoiled((store) => ({
    append: async (id, entries, revision) => {
      const context = await store.load(id)
      if (context?.revision === 0 && revision === 0) await store.delete(id)
      return store.append(id, entries, revision)
    },
  })),

  'purges no more at once than it is asked to': spoiled((store) => ({
    purge: async (limit) => store.purge(limit * 100),
  })),

  'leaves nothing of a purged conversation, not even its time': spoiled((store) => {
    const times = new Map<string, number>()
    return {
      setRetention: async (id, seconds) => {
        if (seconds !== undefined) times.set(id, seconds)
        return store.setRetention(id, seconds)
      },
      append: async (id, entries, revision) => {
        const last = await store.append(id, entries, revision)
        if (times.has(id)) await store.setRetention(id, times.get(id))
        return last
      },
    }
  }),

  'refuses a time or a number that is none': spoiled((store) => ({
    setRetention: async (id, seconds) => store.setRetention(id, seconds && Math.max(1, Math.trunc(seconds))),
  })),
}
