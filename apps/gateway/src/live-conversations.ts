import { RealtimeError } from '@parley/core'

/** Work on a conversation. It ends soon after `signal` aborts; the reason is a `RealtimeError` to tell. */
type ConversationTask<Result> = (signal: AbortSignal) => Promise<Result>

/** Sees to it that one task at a time works on a conversation, and that the newest one gets it. */
export interface LiveConversations {
  /** Tasks that run or wait for their turn. */
  readonly count: number
  has(id: string): boolean
  /**
   * Ends whatever works on the conversation with `reason`, waits until it is settled, then runs the task.
   * Rejects with the reason of a newer one that came while waiting, and with `conversation_in_use` when the
   * older one does not settle in time.
   */
  takeOver<Result>(claim: Claim<Result>): Promise<Result>
  /** Refuses new tasks with `reason`. */
  refuse(reason: RealtimeError): void
  /** Resolves when nothing runs. */
  settled(): Promise<void>
  /** Ends everything with `reason` and refuses new tasks with it; resolves when all of it is settled. */
  endAll(reason: RealtimeError): Promise<void>
}

/** Who wants a conversation, and what the one who has it is told. */
interface Claim<Result> {
  readonly id: string
  /** The resumable session that works on it. */
  readonly session?: string | undefined
  readonly reason: RealtimeError
  readonly task: ConversationTask<Result>
}

interface LiveTask {
  readonly controller: AbortController
  readonly settled: Promise<void>
}

/** No conversation is live yet. */
export function createLiveConversations(settleTimeoutMs: number): LiveConversations {
  const newest = new Map<string, LiveTask>()
  const running = new Set<LiveTask>()
  let closed: RealtimeError | undefined

  async function takeOver<Result>({ id, reason, task }: Claim<Result>): Promise<Result> {
    if (closed !== undefined) throw closed
    const controller = new AbortController()
    const settled = Promise.withResolvers<void>()
    const live: LiveTask = { controller, settled: settled.promise }
    const previous = newest.get(id)
    newest.set(id, live)
    running.add(live)
    try {
      if (previous !== undefined) {
        previous.controller.abort(reason)
        await settledInTime(previous, settleTimeoutMs)
      }
      controller.signal.throwIfAborted()
      return await task(controller.signal)
    } finally {
      if (newest.get(id) === live) newest.delete(id)
      running.delete(live)
      settled.resolve()
    }
  }

  async function settled(): Promise<void> {
    await Promise.all([...running].map((task) => task.settled))
  }

  return {
    get count() {
      return running.size
    },
    has: (id) => newest.has(id),
    takeOver,
    refuse(reason) {
      closed ??= reason
    },
    settled,
    async endAll(reason) {
      closed = reason
      for (const { controller } of running) controller.abort(reason)
      await settled()
    },
  }
}

async function settledInTime(task: LiveTask, timeoutMs: number): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(stillInUse()), timeoutMs)
  try {
    await Promise.race([task.settled, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function stillInUse(): RealtimeError {
  return new RealtimeError('conversation_in_use', 'The conversation is still in use. Try again.', {
    param: 'conversation',
  })
}
