import type { NumberedFrame } from '@parley/core'
import { z } from 'zod'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'
import { SessionRecord } from './live-sessions.ts'
import type { Holder, LiveSessions, OnLost, Replica } from './live-sessions.ts'
import { maxKeptFrames } from './memory-sessions.ts'
import type { RedisConnection } from './redis-connection.ts'
import {
  claimScript,
  keyPrefix,
  noteScript,
  reserveScript,
  seizeScript,
  unclaimScript,
} from './redis-scripts.ts'

/** Options of the shared registry. */
export interface RedisSessionsOptions {
  readonly redis: RedisConnection
  readonly replica: Replica
  /** A replica that has said nothing for so long is gone (ms). */
  readonly leaseMs: number
  /** How long a record outlives the last sign of its session (ms). */
  readonly recordMs: number
  readonly log: Log
}

/** The sessions of all replicas of one Redis. */
export interface SharedSessions extends LiveSessions, AsyncDisposable {}

const Held = z.object({
  replica: z.object({ id: z.string(), url: z.string() }),
  session: z.string().optional(),
})

/** Registers this replica and keeps it alive until it is disposed. */
export async function redisSessions(options: RedisSessionsOptions): Promise<SharedSessions> {
  const { redis, replica, leaseMs, recordMs, log } = options
  const lostListeners: OnLost[] = []
  const replicaKey = `${keyPrefix}replica:`
  const placesKey = `${keyPrefix}places`
  const holderKey = (conversationId: string): string => `${keyPrefix}conversation:${conversationId}`
  const recordKey = (id: string): string => `${keyPrefix}session:${id}`
  const framesKey = (id: string): string => `${keyPrefix}frames:${id}`
  // What this replica holds, so that it can say so again after Redis has forgotten.
  const held = new Map<string, string | undefined>()
  const holderMs = String(Math.max(recordMs, 10 * leaseMs))

  const asHolder = (session: string | undefined): string => JSON.stringify({ replica, session })

  async function beat(): Promise<void> {
    try {
      await redis.run((client) => client.set(replicaKey + replica.id, '1', { PX: leaseMs }))
      for (const [conversationId, session] of held) {
        const other = await take(conversationId, session)
        if (other === undefined) {
          await keepPlace(conversationId, Infinity)
          if (session !== undefined) await touch(session)
        } else if (held.delete(conversationId)) {
          for (const listener of lostListeners) listener(conversationId)
        }
      }
    } catch (error) {
      log.debug(errorFields(error), 'heartbeat failed')
    }
  }

  async function take(conversationId: string, session: string | undefined): Promise<Holder | undefined> {
    const answer = await redis.run((client) =>
      client.eval(claimScript, {
        keys: [holderKey(conversationId)],
        arguments: [replica.id, asHolder(session), replicaKey, holderMs],
      }),
    )
    return parseHolder(answer)
  }

  async function keepPlace(conversationId: string, most: number): Promise<boolean> {
    const answer = await redis.run((client) =>
      client.eval(reserveScript, {
        keys: [placesKey],
        arguments: [conversationId, most === Infinity ? 'inf' : String(most), String(2 * leaseMs)],
      }),
    )
    return answer === 1
  }

  async function touch(id: string): Promise<void> {
    await redis.run((client) =>
      client.multi().pExpire(recordKey(id), recordMs).pExpire(framesKey(id), recordMs).exec(),
    )
  }

  redis.onReady(() => void beat())
  await beat()
  const heart = setInterval(() => void beat(), leaseMs / 3)

  return {
    replica,
    async claim(conversationId, session) {
      const other = await take(conversationId, session)
      if (other !== undefined) return other
      held.set(conversationId, session)
      await keepPlace(conversationId, Infinity)
      return undefined
    },
    async seize(conversationId, from, session) {
      const answer = await redis.run((client) =>
        client.eval(seizeScript, {
          keys: [holderKey(conversationId)],
          arguments: [replica.id, asHolder(session), replicaKey, holderMs, from.id],
        }),
      )
      if (answer !== 1) return false
      held.set(conversationId, session)
      return true
    },
    reserve: async (conversationId, most) => await keepPlace(conversationId, most),
    async holder(conversationId) {
      const holder = parseHolder(await redis.run((client) => client.get(holderKey(conversationId))))
      if (holder === undefined) return undefined
      const isAlive = await redis.run((client) => client.exists(replicaKey + holder.replica.id))
      return isAlive === 1 ? holder : undefined
    },
    async unclaim(conversationId) {
      held.delete(conversationId)
      await redis.run((client) =>
        client.eval(unclaimScript, {
          keys: [holderKey(conversationId), placesKey],
          arguments: [replica.id, conversationId],
        }),
      )
    },
    async open(record) {
      const standing = { sent: 0, received: 0, taken: 0, isAtRest: false }
      await redis.run((client) =>
        client
          .multi()
          .del(framesKey(record.id))
          .hSet(recordKey(record.id), {
            meta: JSON.stringify(record),
            standing: JSON.stringify(standing),
            gapAt: '0',
          })
          .pExpire(recordKey(record.id), recordMs)
          .exec(),
      )
    },
    async find(id) {
      const fields = await redis.run((client) => client.hGetAll(recordKey(id)))
      if (fields['meta'] === undefined || fields['standing'] === undefined) return undefined
      const meta: unknown = JSON.parse(fields['meta'])
      const standing: unknown = JSON.parse(fields['standing'])
      return SessionRecord.parse({ ...asObject(meta), standing, gapAt: Number(fields['gapAt'] ?? 0) })
    },
    async note(id, { standing, frames, gapAt }) {
      const texts = frames.flatMap(({ number, frame }) => [String(number), String(frame)])
      const answer = await redis.run((client) =>
        client.eval(noteScript, {
          keys: [recordKey(id), framesKey(id)],
          arguments: [
            JSON.stringify(standing),
            String(gapAt),
            String(maxKeptFrames),
            String(recordMs),
            ...texts,
          ],
        }),
      )
      return answer === 1
    },
    async frames(id) {
      const texts = await redis.run((client) => client.lRange(framesKey(id), 0, -1))
      return texts.map(parseFrame)
    },
    async replaceFrames(id, frames) {
      await redis.run((client) => {
        const all = client.multi().del(framesKey(id))
        if (frames.length > 0) {
          all.rPush(
            framesKey(id),
            frames.map(({ number, frame }) => `${number}:${String(frame)}`),
          )
        }
        return all.pExpire(framesKey(id), recordMs).exec()
      })
    },
    async drop(id) {
      await redis.run((client) => client.del([recordKey(id), framesKey(id)]))
    },
    onLost: (listener) => void lostListeners.push(listener),
    fault: () => redis.fault(),
    async [Symbol.asyncDispose]() {
      clearInterval(heart)
      // Gone at once, and not when its time is over.
      await redis.run((client) => client.del(replicaKey + replica.id)).catch(() => undefined)
    },
  }
}

function parseHolder(text: unknown): Holder | undefined {
  if (typeof text !== 'string') return undefined
  const { replica, session } = Held.parse(JSON.parse(text))
  return { replica, session }
}

function parseFrame(text: string): NumberedFrame {
  const colon = text.indexOf(':')
  return { number: Number(text.slice(0, colon)), frame: text.slice(colon + 1) }
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
