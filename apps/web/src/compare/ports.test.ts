import type { Lane } from '@parley/compare'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserPorts } from './ports.ts'

const opened: URL[] = []

/** A socket that opens and closes as soon as it is asked to. */
class ReadySocket extends EventTarget {
  readonly readyState = 1
  readonly bufferedAmount = 0

  constructor(url: URL) {
    super()
    opened.push(url)
    queueMicrotask(() => this.dispatchEvent(new Event('open')))
  }

  send(): void {}

  close(): void {
    queueMicrotask(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1000, reason: '' })))
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
  opened.length = 0
})

describe('a lane of this browser', () => {
  it('takes its conversation with it when it is closed', async () => {
    const deleted: string[] = []
    const channel = await openLane('local', async (id) => {
      deleted.push(id)
    })
    const id = opened[0]?.searchParams.get('conversation')
    expect(id).toMatch(/^conv_lane_[a-f0-9]{32}$/)
    expect(deleted).toEqual([])
    await channel.close()
    await channel.close()
    expect(deleted).toEqual([id])
  })

  it('ends well where the gateway deletes nothing', async () => {
    const channel = await openLane('local', () => Promise.reject(new Error('HTTP 500')))
    await expect(channel.close()).resolves.toBeUndefined()
  })

  it('names no conversation for a recording', async () => {
    const deleted: string[] = []
    const channel = await openLane('replay', async (id) => {
      deleted.push(id)
    })
    await channel.close()
    expect(opened[0]?.searchParams.has('conversation')).toBe(false)
    expect(deleted).toEqual([])
  })
})

function openLane(backend: string, deleteConversation: (id: string) => Promise<void>) {
  vi.stubGlobal('WebSocket', ReadySocket)
  const lane: Lane = { label: backend, backend, model: '', session: {} }
  const ports = browserPorts({
    gatewayUrl: 'http://127.0.0.1:1',
    needsSecret: false,
    clock: { now: () => 0, waitUntil: () => Promise.resolve(), [Symbol.dispose]: () => undefined },
    priceOf: () => ({ kind: 'free' }),
    files: new Map(),
    describe: ({ code }) => code,
    onSent: () => undefined,
    deleteConversation,
  })
  return ports.connect(lane, new AbortController().signal)
}
