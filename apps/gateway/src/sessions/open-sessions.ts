import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'
import type { Limits } from '../limits.ts'
import { createRateLimit } from '../rate-limit.ts'
import type { RateLimits } from '../rate-limit.ts'
import { createClientSecrets } from '../secrets.ts'
import type { ClientSecrets } from '../secrets.ts'
import type { Log } from '../telemetry.ts'
import { createCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import type { LiveSessions } from './live-sessions.ts'
import { memorySessions } from './memory-sessions.ts'
import { loadSessions, saveSessions } from './records-file.ts'
import { connectRedis } from './redis-connection.ts'
import { redisRateLimits } from './redis-rate-limit.ts'
import { redisSecrets } from './redis-secrets.ts'
import { redisSessions } from './redis-sessions.ts'

/** The registry of this gateway, and the way to other ones. */
export interface OpenSessions extends AsyncDisposable {
  readonly sessions: LiveSessions
  readonly cluster: Cluster | undefined
  readonly secrets: ClientSecrets
  readonly rateLimits: RateLimits
}

/** What the registry needs. */
export interface OpenSessionsOptions {
  readonly config: Pick<Config, 'shared' | 'resumeGraceMs'>
  readonly limits: Limits
  /** Address of the listener. */
  readonly url: string
  /** Where a gateway that runs alone keeps its sessions over a restart; `undefined` for nowhere. */
  readonly path: string | undefined
  readonly log: Log
  /** Unix ms. Default `Date.now`. */
  readonly now?: () => number
}

/** A replica that has said nothing for so long is gone (ms). */
const leaseMs = 5000

/** Opens the registry: in Redis where one is set, else in memory and, over a restart, in a file. */
export async function openSessions(options: OpenSessionsOptions): Promise<OpenSessions> {
  const { config, limits, url, path, log, now = Date.now } = options
  const { shared, resumeGraceMs } = config
  const replica = { id: randomUUID(), url: shared?.replicaUrl ?? reachableUrl(url) }
  if (shared === undefined) {
    const memory = path === undefined ? undefined : await loadSessions(path, resumeGraceMs, now())
    return {
      sessions: memorySessions(replica, memory),
      cluster: undefined,
      secrets: createClientSecrets(now),
      rateLimits: (_name, limits) => createRateLimit({ ...limits, now }),
      async [Symbol.asyncDispose]() {
        if (path === undefined || memory === undefined) return
        await mkdir(dirname(path), { recursive: true })
        await saveSessions(path, memory, now())
      },
    }
  }
  const redis = await connectRedis(shared.redisUrl, log)
  const sessions = await redisSessions({ redis, replica, leaseMs, recordMs: resumeGraceMs + leaseMs, log })
  const { settleTimeoutMs, maxMessageBytes } = limits
  return {
    sessions,
    cluster: createCluster({ secret: shared.clusterSecret, settleTimeoutMs, maxMessageBytes }),
    secrets: redisSecrets(redis, now),
    rateLimits: redisRateLimits(redis, now),
    async [Symbol.asyncDispose]() {
      await sessions[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    },
  }
}

/** An address that listens everywhere is reached at the first one of this machine that others can see. */
function reachableUrl(listening: string): string {
  const url = new URL(listening)
  if (url.hostname !== '0.0.0.0' && url.hostname !== '[::]') return listening
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const seen = addresses.find(({ internal, family }) => !internal && family === 'IPv4')
  url.hostname = seen?.address ?? '127.0.0.1'
  return url.origin
}
