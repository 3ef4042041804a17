import { z } from 'zod'
import { httpUrl, secret } from '../setting-kinds.ts'
import type { Environment } from '../setting-kinds.ts'

/** What several gateways of one service share. */
export interface SharedSettings {
  /** With user and password. */
  readonly redisUrl: string
  /** What gateways prove to each other that they belong together. */
  readonly clusterSecret: string
  /** Where other gateways reach this one, `undefined` for the address it listens on. */
  readonly replicaUrl: string | undefined
}

/** Variables of a service of several gateways. */
export const sharedVariables = {
  // The URL itself is never told: it holds a password.
  PARLEY_REDIS_URL: z
    .string()
    .refine(
      (text) => /^rediss?:$/.test(URL.parse(text)?.protocol ?? ''),
      'is not a URL such as redis://user:password@host:6379',
    )
    .optional(),
  PARLEY_CLUSTER_SECRET: secret
    .refine((text) => text.length >= 16, 'is shorter than 16 characters')
    .optional(),
  PARLEY_REPLICA_URL: httpUrl.optional(),
}

/** Rules over them. */
export function sharedFaults(set: Environment): readonly string[] {
  const redisUrl = set['PARLEY_REDIS_URL']
  if (redisUrl !== undefined && set['PARLEY_CLUSTER_SECRET'] === undefined) {
    return ['PARLEY_CLUSTER_SECRET is missing: PARLEY_REDIS_URL needs it, the same for every gateway.']
  }
  return ['PARLEY_CLUSTER_SECRET', 'PARLEY_REPLICA_URL']
    .filter((name) => set[name] !== undefined && redisUrl === undefined)
    .map((name) => `PARLEY_REDIS_URL is missing: ${name} needs it.`)
}

/** The settings, `undefined` for a gateway that runs alone. */
export function toSharedSettings(settings: {
  readonly PARLEY_REDIS_URL?: string | undefined
  readonly PARLEY_CLUSTER_SECRET?: string | undefined
  readonly PARLEY_REPLICA_URL?: string | undefined
}): SharedSettings | undefined {
  const { PARLEY_REDIS_URL: redisUrl, PARLEY_CLUSTER_SECRET: clusterSecret } = settings
  if (redisUrl === undefined || clusterSecret === undefined) return undefined
  return { redisUrl, clusterSecret, replicaUrl: settings.PARLEY_REPLICA_URL?.replace(/\/+$/, '') }
}
