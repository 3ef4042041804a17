import { RealtimeError } from '@parley/core'
import { memoryStore, writeBehind } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'
import { storeCheck } from './store-check.ts'
import { startGateway } from './testing/gateway-under-test.ts'

describe('a store that is gone', () => {
  it('is told by /readyz and /metrics until it has caught up', async () => {
    const memory = memoryStore()
    let isGone = true
    const gone: ContextStore = {
      ...memory,
      append: (...request) =>
        isGone
          ? Promise.reject(new RealtimeError('store_unavailable', 'The disk is full.'))
          : memory.append(...request),
      [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose](),
    }
    const store = writeBehind(gone, { maxEntries: 2, now: () => Date.now() - 60_000 })
    const metrics = createMetrics({ store: () => store.status })
    await using gateway = await startGateway({
      store,
      metrics,
      checks: new Map([['store', storeCheck(store)]]),
    })
    const readiness = async () => (await fetch(`${gateway.url}/readyz`)).json()
    expect(await readiness()).toEqual({ status: 'ready', missing: [] })

    const writer = store.writer('conv_1', 0)
    const appended = writer.append([
      { type: 'pinned', factId: 'a', text: 'x' },
      { type: 'unpinned', factId: 'a' },
    ])
    await writer.append([{ type: 'unpinned', factId: 'a' }]).catch(() => undefined)
    await new Promise(setImmediate)
    expect(await readiness()).toMatchObject({
      status: 'not_ready',
      missing: [
        { name: 'store', reason: expect.stringMatching(/^is behind by 2 entries of 1 conv.* since 2/) },
      ],
    })
    const behind = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(behind).toContain('parley_store_behind_entries 2\n')
    expect(behind).toMatch(/parley_store_behind_seconds (5|6)\d/)
    expect(behind).toContain('parley_store_refused_entries_total 1\n')

    isGone = false
    await appended
    expect(await readiness()).toEqual({ status: 'ready', missing: [] })
    const after = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(after).toContain('parley_store_behind_entries 0\n')
    expect(after).toContain('parley_store_behind_seconds 0\n')
  })
})
