import { setTimeout as delay } from 'node:timers/promises'
import { RealtimeError } from '@parley/core'
import type { LiveConversations } from '../live-conversations.ts'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'
import type { Cluster } from './cluster.ts'
import type { LiveSessions } from './live-sessions.ts'

/** What it takes to hold a conversation against other replicas. */
export interface ClusterConversationsOptions {
  readonly live: LiveConversations
  readonly sessions: LiveSessions
  readonly cluster: Cluster
  readonly settleTimeoutMs: number
  readonly log: Log
}

/** Wait between two questions to a replica that does not answer (ms). */
const retryMs = 250

/**
 * The same over all replicas: a task runs when the one of any other replica has settled. While the registry cannot be
 * reached, it holds for this process only, and the store sees to it that nobody writes over another's items.
 */
export function clusterConversations(options: ClusterConversationsOptions): LiveConversations {
  const { live, sessions, cluster, settleTimeoutMs, log } = options

  async function claim(id: string, session: string | undefined, signal: AbortSignal): Promise<void> {
    const giveUpAt = Date.now() + settleTimeoutMs
    for (;;) {
      signal.throwIfAborted()
      const holder = await sessions.claim(id, session)
      if (holder === undefined) return
      try {
        const isThere = await cluster.end(holder.replica, id)
        if (!isThere && (await sessions.seize(id, holder.replica, session))) return
      } catch (error) {
        if (Date.now() > giveUpAt) throw stillInUse(error)
        await delay(retryMs, undefined, { signal })
      }
      if (Date.now() > giveUpAt) throw stillInUse()
    }
  }

  return {
    get count() {
      return live.count
    },
    has: (id) => live.has(id),
    refuse: (reason) => live.refuse(reason),
    settled: () => live.settled(),
    endAll: (reason) => live.endAll(reason),
    takeOver: ({ task, ...wanted }) =>
      live.takeOver({
        ...wanted,
        async task(signal) {
          await claim(wanted.id, wanted.session, signal).catch((error: unknown) => {
            if (sessions.fault() === undefined) throw error
            log.warn(errorFields(error), 'conversation not claimed')
          })
          try {
            return await task(signal)
          } finally {
            await sessions.unclaim(wanted.id).catch(() => undefined)
          }
        },
      }),
  }
}

function stillInUse(cause?: unknown): RealtimeError {
  return new RealtimeError('conversation_in_use', 'The conversation is still in use. Try again.', {
    param: 'conversation',
    cause,
  })
}
