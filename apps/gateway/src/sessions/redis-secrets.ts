import { ClientEvent } from '@parley/core'
import { z } from 'zod'
import { recordKinds } from '../record-kinds.ts'
import { createSecretValue, digest } from '../secrets.ts'
import type { ClientSecrets } from '../secrets.ts'
import type { RedisConnection } from './redis-connection.ts'
import { keyPrefix } from './redis-scripts.ts'

/** A secret without its value, which is nowhere but with its holder. */
const KeptSecret = z.object({
  expiresAt: z.number(),
  model: z.string().optional(),
  intent: z.enum(['conversation', 'transcription']),
  record: z.enum(recordKinds).optional(),
  person: z.string().optional(),
  firstEvent: ClientEvent.optional(),
})

/** Secrets that are good at every gateway of a service. `now` is in ms. */
export function redisSecrets(redis: RedisConnection, now: () => number): ClientSecrets {
  const keyOf = (value: string): string => `${keyPrefix}secret:${digest(value)}`

  return {
    async mint(lifetimeSeconds, grants) {
      const value = createSecretValue()
      const lifetimeMs = lifetimeSeconds * 1000
      const kept = { ...grants, expiresAt: now() + lifetimeMs }
      await redis.run((client) => client.set(keyOf(value), JSON.stringify(kept), { PX: lifetimeMs }))
      return { ...kept, value }
    },
    async find(value) {
      const text = await redis.run((client) => client.get(keyOf(value)))
      if (text === null) return undefined
      const { model, firstEvent, ...kept } = KeptSecret.parse(JSON.parse(text))
      return kept.expiresAt > now() ? { ...kept, model, firstEvent, value } : undefined
    },
  }
}
