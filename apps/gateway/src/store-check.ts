import type { WriteBehind } from '@parley/core/storage'
import type { ReadinessCheck } from './routes/health.ts'

/** Not ready while entries of conversations wait for the store, or while it does not answer. */
export function storeCheck(store: WriteBehind): ReadinessCheck {
  return async () => {
    const { entries, conversations, since } = store.status
    if (since === undefined) {
      await store.list({ limit: 1 })
      return undefined
    }
    const size = `${entries} entries of ${conversations} conversations`
    return `is behind by ${size} since ${new Date(since).toISOString()}`
  }
}
