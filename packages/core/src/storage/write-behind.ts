import { RealtimeError } from '../errors.ts'
import type { ContextEntry, ContextStore, StoredContext } from './context-store.ts'
import { createWriteQueue, inTime, isBeside } from './write-queue.ts'
import type { WriteQueue } from './write-queue.ts'

/** How much may wait by default: entries of one conversation, and bytes of all. */
export const waitingLimits = { maxEntries: 2_000, maxBytes: 64 * 1024 * 1024 } as const

/** Bounds and times of a write-behind. */
export interface WriteBehindOptions {
  /** Entries of one conversation that may wait. Default 2,000. */
  readonly maxEntries?: number
  /** Bytes of all conversations that may wait. Default 64 MiB. */
  readonly maxBytes?: number
  /** Longest wait for one answer of the store (ms). Default 5,000. */
  readonly timeoutMs?: number
  /** Wait after a failure (ms); it doubles with each one up to `maxDelayMs`. Default 100. */
  readonly baseDelayMs?: number
  /** Default 5,000. */
  readonly maxDelayMs?: number
  /** Entries that wait longer than this are behind though nothing has failed (ms). Default 1,000. */
  readonly slowMs?: number
  /** True while another process works on a conversation. Default: there is none. */
  readonly isHeld?: (id: string) => Promise<boolean>
  /** Unix ms, the system clock by default. */
  readonly now?: () => number
  /** In [0, 1). */
  readonly random?: () => number
}

/** How far the store is behind. */
export interface WriteBehindStatus {
  /** Entries, conversations and bytes that a slow or failing store has yet to take. */
  readonly entries: number
  readonly conversations: number
  readonly bytes: number
  /** Time of the oldest of them (Unix ms). */
  readonly since: number | undefined
  /** Entries refused since the start, because too many waited. */
  readonly refused: number
}

/** Appends of one session. */
export interface ConversationWriter {
  /**
   * Takes the entries at once; resolves with the revision when they, and all before them, are stored. Rejects with
   * `store_unavailable`, at once and for good, when too much waits, and with `revision_conflict` when another session
   * has the conversation; what waited by then is stored all the same when nobody works on it any more.
   */
  append(entries: readonly ContextEntry[]): Promise<number>
  /** No more entries come; those that wait are stored when they can be. */
  close(): void
}

/**
 * A store that does not stop a call when the one behind it is slow or gone: what sessions append waits in memory, in
 * order and bounded, until it is taken. What was not acknowledged is lost with the process. `append` of the interface
 * itself never waits in memory; it and `load` reject with `store_unavailable` after a time.
 */
export interface WriteBehind extends ContextStore {
  /**
   * Continues after `revision`. A later writer of the same conversation ends this one. `noticed` hears of entries that
   * others add and that are in nobody's way: pinned facts.
   */
  writer(
    id: string,
    revision: number,
    noticed?: (entries: readonly ContextEntry[]) => void,
  ): ConversationWriter
  readonly status: WriteBehindStatus
  /** Tries to have everything stored within the time; gives how many entries still wait. */
  flush(timeoutMs: number): Promise<number>
  /** Forgets what waits: those who wait for it are refused. The store behind stays open. */
  stop(): void
}

interface Conversation {
  readonly queue: WriteQueue
  /** Who may append. */
  owner: symbol | undefined
  /** Tells the owner what others have added. */
  noticed: ((entries: readonly ContextEntry[]) => void) | undefined
}

/** Puts a queue before a store. Disposing it flushes for `timeoutMs`, and disposes the store. */
export function writeBehind(store: ContextStore, options: WriteBehindOptions = {}): WriteBehind {
  const { maxEntries, maxBytes, timeoutMs = 5_000, slowMs = 1_000 } = { ...waitingLimits, ...options }
  const { baseDelayMs = 100, maxDelayMs = 5_000, isHeld = async () => false } = options
  const { now = Date.now, random = Math.random } = options
  const conversations = new Map<string, Conversation>()
  let refused = 0

  function conversationOf(id: string, revision: number): Conversation {
    const known = conversations.get(id)
    if (known !== undefined) return known
    const queue = createWriteQueue(
      {
        store,
        id,
        timeoutMs,
        backoffMs: (failures) =>
          Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1)) * (0.5 + random() / 2),
        isHeld: () => isHeld(id),
        now,
        onAnswer(worked) {
          if (worked && queue.isBehind) wakeOthers(queue)
          if (worked) queueMicrotask(() => forgetIdle(id))
        },
        onBeside: (entries) => conversations.get(id)?.noticed?.(entries),
      },
      revision,
    )
    const conversation: Conversation = { queue, owner: undefined, noticed: undefined }
    conversations.set(id, conversation)
    return conversation
  }

  /** The store works again: nobody needs to wait for his next try. */
  function wakeOthers(queue: WriteQueue): void {
    for (const other of conversations.values()) if (other.queue !== queue) other.queue.wake()
  }

  function forgetIdle(id: string): void {
    const known = conversations.get(id)
    if (known?.owner === undefined && known?.queue.since === undefined) conversations.delete(id)
  }

  function waitingBytes(): number {
    return conversations.values().reduce((sum, { queue }) => sum + queue.bytes, 0)
  }

  function checkRoom(queue: WriteQueue, count: number): void {
    if (queue.entries + count <= maxEntries && waitingBytes() <= maxBytes) return
    refused += count
    throw new RealtimeError('store_unavailable', 'Too much waits to be stored; this was not.')
  }

  function behind(): readonly WriteQueue[] {
    const late = now() - slowMs
    return [...conversations.values()]
      .map(({ queue }) => queue)
      .filter(({ since, isBehind }) => since !== undefined && (isBehind || since < late))
  }

  /** Behind what waits for the conversation, if anything does. */
  async function inTurn<Result>(id: string, task: () => Promise<Result>): Promise<Result> {
    const known = conversations.get(id)
    if (known === undefined) return await inTime(task(), timeoutMs)
    return await known.queue.run(async (revision) => ({ result: await task(), revision }))
  }

  async function load(id: string): Promise<StoredContext | undefined> {
    const queue = conversations.get(id)?.queue
    if (queue?.since === undefined) return await inTime(store.load(id), timeoutMs)
    try {
      await inTime(queue.drained(), timeoutMs)
    } catch (error) {
      if (queue.base > 0) throw error
      const { waiting, revision } = queue
      const [first, last] = [waiting.at(0), waiting.at(-1)]
      if (first === undefined || last === undefined) throw error
      return { id, revision, createdAt: first.at, updatedAt: last.at, entries: waiting }
    }
    return await inTime(store.load(id), timeoutMs)
  }

  return {
    facts: store.facts,
    list: (query) => inTime(store.list(query), timeoutMs),
    purge: (limit) => store.purge(limit),
    loadAudio: (id, part) => inTime(store.loadAudio(id, part), timeoutMs),
    listAudio: (id) => inTime(store.listAudio(id), timeoutMs),
    load,

    async append(id, entries, expectedRevision, times) {
      const known = conversations.get(id)
      if (known === undefined)
        return await inTime(store.append(id, entries, expectedRevision, times), timeoutMs)
      return await known.queue.run(async (revision) => {
        const result = await store.append(id, entries, expectedRevision, times)
        if (expectedRevision === revision && entries.every(isBeside)) known.noticed?.(entries)
        // Whoever writes here has to find out what came between.
        return { result, revision: expectedRevision === revision ? result : revision }
      })
    },
    delete: (id) => inTurn(id, () => store.delete(id)),
    setRetention: (id, seconds) => inTurn(id, () => store.setRetention(id, seconds)),
    async putAudio(id, audio) {
      const known = conversations.get(id)
      if (known === undefined) return await inTime(store.putAudio(id, audio), timeoutMs)
      checkRoom(known.queue, 0)
      await known.queue.putAudio(audio)
    },

    writer(id, revision, noticed) {
      const conversation = conversationOf(id, revision)
      const { queue } = conversation
      const me = Symbol(id)
      conversation.owner = me
      conversation.noticed = noticed
      queue.startAt(revision)
      const isStale = queue.revision !== revision
      return {
        async append(entries) {
          if (isStale || conversation.owner !== me) throw overtaken()
          checkRoom(queue, entries.length)
          return await queue.append(entries)
        },
        close() {
          if (conversation.owner === me) Object.assign(conversation, { owner: undefined, noticed: undefined })
          forgetIdle(id)
        },
      }
    },
    get status() {
      const queues = behind()
      const times = queues.map(({ since }) => since ?? Infinity)
      return {
        entries: queues.reduce((sum, queue) => sum + queue.entries, 0),
        conversations: queues.length,
        bytes: queues.reduce((sum, queue) => sum + queue.bytes, 0),
        since: times.length === 0 ? undefined : Math.min(...times),
        refused,
      }
    },
    async flush(flushMs) {
      const queues = [...conversations.values()].map(({ queue }) => queue)
      for (const queue of queues) queue.wake()
      await inTime(Promise.all(queues.map((queue) => queue.drained())), flushMs).catch(() => undefined)
      return queues.reduce((sum, queue) => sum + queue.entries, 0)
    },
    stop() {
      for (const { queue } of conversations.values()) queue.stop()
      conversations.clear()
    },
    async [Symbol.asyncDispose]() {
      await this.flush(timeoutMs)
      this.stop()
      await store[Symbol.asyncDispose]()
    },
  }
}

function overtaken(): RealtimeError {
  return new RealtimeError('revision_conflict', 'Another session has this conversation.')
}
