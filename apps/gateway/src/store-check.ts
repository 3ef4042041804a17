import type { WriteBehind } from '@parley/core/storage'
import type { ReadinessCheck } from './routes/health.ts'

/** Not ready while entries of conversations wait for the store, or while it does not answer. */
export function storeCheck(store: WriteBehind): ReadinessCheck {
  return async () => {
    const { entries, conversations, since } = store.status
    if (since === undefined) {
      return await store.list({ limit: 1 }).then(
        () => undefined,
        () => 'is not available',
      )
    }
    const size = `${entries} entries of ${conversations} conversations`
    return `is behind by ${size} since ${new Date(since).toISOString()}`
  }
}
