import type { NumberedFrame } from '@parley/core'
import type { Holder, LiveSessions, Replica, SessionRecord } from './live-sessions.ts'

/** What replicas share, in one process. */
export interface SharedMemory {
  readonly holders: Map<string, Holder>
  readonly records: Map<string, SessionRecord>
  readonly frames: Map<string, readonly NumberedFrame[]>
  /** Ids of the replicas that run. */
  readonly alive: Set<string>
}

/** Nothing yet. */
export function createSharedMemory(): SharedMemory {
  return { holders: new Map(), records: new Map(), frames: new Map(), alive: new Set() }
}

/** Frames kept of one session. */
export const maxKeptFrames = 1000

/** The sessions of a gateway that runs alone, or of several in one process. */
export function memorySessions(replica: Replica, shared: SharedMemory = createSharedMemory()): LiveSessions {
  const { holders, records, frames, alive } = shared
  alive.add(replica.id)

  function current(conversationId: string): Holder | undefined {
    const holder = holders.get(conversationId)
    return holder !== undefined && alive.has(holder.replica.id) ? holder : undefined
  }

  return {
    replica,
    async claim(conversationId, session) {
      const holder = current(conversationId)
      if (holder !== undefined && holder.replica.id !== replica.id) return holder
      holders.set(conversationId, { replica, session })
      return undefined
    },
    async seize(conversationId, from, session) {
      const holder = current(conversationId)
      if (holder !== undefined && holder.replica.id !== from.id && holder.replica.id !== replica.id)
        return false
      holders.set(conversationId, { replica, session })
      return true
    },
    async reserve(conversationId, most) {
      const others = [...holders.keys()].filter((id) => id !== conversationId && current(id) !== undefined)
      return others.length < most
    },
    holder: async (conversationId) => current(conversationId),
    async unclaim(conversationId) {
      if (holders.get(conversationId)?.replica.id === replica.id) holders.delete(conversationId)
    },
    async open(record) {
      const standing = { sent: 0, received: 0, taken: 0, isAtRest: false, snapshot: undefined }
      records.set(record.id, { ...record, standing, gapAt: 0 })
      frames.set(record.id, [])
    },
    find: async (id) => records.get(id),
    async note(id, note) {
      const record = records.get(id)
      if (record === undefined) return false
      const all = [...(frames.get(id) ?? []), ...note.frames]
      const cut = Math.max(0, all.length - maxKeptFrames)
      const gapAt = Math.max(record.gapAt, note.gapAt, all[cut - 1]?.number ?? 0)
      records.set(id, { ...record, standing: note.standing, gapAt })
      frames.set(id, all.slice(cut))
      return true
    },
    frames: async (id) => frames.get(id) ?? [],
    async replaceFrames(id, kept) {
      if (records.has(id)) frames.set(id, kept)
    },
    async drop(id) {
      records.delete(id)
      frames.delete(id)
    },
    // Who shares a process asks before it takes.
    onLost: () => undefined,
    fault: () => undefined,
  }
}
