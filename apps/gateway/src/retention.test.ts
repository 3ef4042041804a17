import { setTimeout } from 'node:timers/promises'
import { RealtimeError } from '@parley/core'
import { memoryStore } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { describe, expect, it, vi } from 'vitest'
import { startPurge, withRetention } from './retention.ts'
import type { Log } from './telemetry.ts'

function fakeLog(): Log {
  return { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
}

const pinned = { type: 'pinned', factId: 'fact_1', text: 'Likes tea' } as const

describe('withRetention', () => {
  it('gives a new conversation its time, and leaves a known one as it is', async () => {
    await using inner = memoryStore()
    const store = withRetention(inner, 3600)

    await store.append('conv_new', [pinned], 0)
    await inner.append('conv_old', [], 0)
    await store.append('conv_old', [pinned], 0)

    expect(await store.load('conv_new')).toMatchObject({ revision: 1, retentionSeconds: 3600 })
    expect((await store.load('conv_old'))?.retentionSeconds).toBeUndefined()
  })

  it('does not undo what was set for one', async () => {
    await using inner = memoryStore()
    const store = withRetention(inner, 3600)
    await store.append('conv_1', [], 0)
    await store.setRetention('conv_1', undefined)

    await store.append('conv_1', [pinned], 0)

    expect((await store.load('conv_1'))?.retentionSeconds).toBeUndefined()
  })
})

describe('startPurge', () => {
  it('deletes what is over, batch by batch, and says how many', async () => {
    let now = 0
    await using store = memoryStore({ now: () => now })
    for (const id of ['conv_1', 'conv_2', 'conv_3', 'conv_kept']) await store.append(id, [pinned], 0)
    for (const id of ['conv_1', 'conv_2', 'conv_3']) await store.setRetention(id, 60)
    now = 61_000
    const log = fakeLog()
    await using _purge = startPurge({ store, intervalMs: 60_000, batch: 2, log })

    await vi.waitFor(() => expect(log.info).toHaveBeenCalledWith({ deleted: 3 }, 'conversations purged'))
    const { contexts } = await store.list({ limit: 10 })
    expect(contexts.map(({ id }) => id)).toEqual(['conv_kept'])
  })

  it('goes on after a store that failed', async () => {
    const purge = vi.fn<ContextStore['purge']>()
    purge.mockRejectedValueOnce(new RealtimeError('store_unavailable', 'gone')).mockResolvedValue([])
    const log = fakeLog()
    await using _purge = startPurge({ store: { ...memoryStore(), purge }, intervalMs: 1, batch: 10, log })

    await vi.waitFor(() => expect(purge.mock.calls.length).toBeGreaterThan(1))
    expect(log.warn).toHaveBeenCalledWith(
      expect.objectContaining({ error: 'store_unavailable' }),
      'purge failed',
    )
  })

  it('has ended when it is disposed of', async () => {
    const purge = vi.fn<ContextStore['purge']>().mockResolvedValue([])
    const running = startPurge({
      store: { ...memoryStore(), purge },
      intervalMs: 1,
      batch: 10,
      log: fakeLog(),
    })
    await running[Symbol.asyncDispose]()
    const calls = purge.mock.calls.length

    await setTimeout(20)

    expect(purge.mock.calls.length).toBe(calls)
  })
})
