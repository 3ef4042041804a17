import { createRateLimit, tooOften } from '../rate-limit.ts'
import type { RateLimits } from '../rate-limit.ts'
import type { RedisConnection } from './redis-connection.ts'
import { bucketScript, keyPrefix } from './redis-scripts.ts'

/**
 * Limits over all gateways of a service; what may be done at once is for each of them. While Redis cannot be reached,
 * each gateway counts for itself.
 */
export function redisRateLimits(redis: RedisConnection, now: () => number): RateLimits {
  return (name, limits) => {
    const own = createRateLimit({ ...limits, now })

    async function isAllowed(): Promise<boolean> {
      const keys = [`${keyPrefix}rate:${name}`]
      try {
        return (
          (await redis.run((client) =>
            client.eval(bucketScript, { keys, arguments: [String(limits.perMinute)] }),
          )) === 1
        )
      } catch {
        return true
      }
    }

    return {
      async run(task) {
        if (!(await isAllowed())) throw tooOften()
        return await own.run(task)
      },
    }
  }
}
