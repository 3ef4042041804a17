import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { outcome, textCodec } from '../testing/channel-laws.ts'
import { createSocketPair, type PairedSocket } from '../testing/socket-pair.ts'
import { resumableChannel, type ResumableChannel, type ResumableChannelOptions } from './resumable-channel.ts'
import { webSocketChannel } from './web-socket-channel.ts'

type Texts = ResumableChannel<string, string>

const greet = ({ next, received }: { readonly next: number; readonly received: number }): string =>
  `hello ${next} ${received}`

function open(options: Partial<ResumableChannelOptions<string>> = {}): Texts {
  return resumableChannel(textCodec, { graceMs: 1000, ...options })
}

/** A peer that keeps count and comes back with it. */
class Peer {
  readonly seen: string[] = []
  readonly greetings: string[] = []
  readonly sent: string[] = []
  #socket: PairedSocket | undefined
  #isGreeted = false

  come(channel: Texts): void {
    const [near, far] = createSocketPair()
    this.#socket = far
    this.#isGreeted = false
    far.addEventListener('message', ({ data }) => {
      const text: unknown = JSON.parse(String(data))
      // What comes late over an older socket comes again over this one.
      if (this.#socket !== far) return
      if (typeof text !== 'string') throw new Error('not a text')
      if (!text.startsWith('hello')) return void this.seen.push(text)
      this.greetings.push(text)
      this.#isGreeted = true
      const received = Number(text.split(' ')[2])
      for (const later of this.sent.slice(received)) far.send(JSON.stringify(later))
    })
    channel.attach(near, this.seen.length, greet)
  }

  send(text: string): void {
    this.sent.push(text)
    // Before the greeting nobody knows from where to go on.
    if (this.#isGreeted) this.#socket?.send(JSON.stringify(text))
  }

  cut(): void {
    this.#socket?.cut()
  }

  leave(code: number): void {
    this.#socket?.close(code)
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a resumable channel', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('gives both sides the exact sequence, wherever its sockets are cut', async () => {
    const action = fc.constantFrom('down', 'up', 'cut', 'come', 'settle', 'tick', 'acknowledge')
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 80 }), fc.boolean(), async (actions, isHeld) => {
        const hold = (): Promise<void> | undefined => (isHeld ? Promise.resolve() : undefined)
        const channel = open({ hold, spareBytes: 0 })
        const peer = new Peer()
        const down: string[] = []
        const got: string[] = []
        void (async () => {
          for await (const text of channel) got.push(text)
        })()
        peer.come(channel)
        for (const [index, next] of actions.entries()) {
          if (next === 'down') channel.send(down[down.push(`down ${index}`) - 1] ?? '')
          if (next === 'up') peer.send(`up ${index}`)
          if (next === 'cut') peer.cut()
          if (next === 'come') peer.come(channel)
          if (next === 'settle') await settled()
          if (next === 'tick') await Promise.resolve()
          if (next === 'acknowledge') channel.acknowledge(peer.seen.length)
        }
        await settled()
        peer.cut()
        await settled()
        peer.come(channel)
        await settled()
        expect(peer.seen).toEqual(down)
        expect(got).toEqual(peer.sent)
        await channel.close()
      }),
      { numRuns: 500 },
    )
  })

  it('greets with the next number and with what it has received', async () => {
    const channel = open()
    const peer = new Peer()
    peer.come(channel)
    channel.send('a')
    peer.send('x')
    await settled()
    peer.cut()
    channel.send('b')
    peer.come(channel)
    await settled()
    expect(peer.greetings).toEqual(['hello 1 0', 'hello 2 1'])
    expect(peer.seen).toEqual(['a', 'b'])
  })

  it('goes on counting where another process has stopped', async () => {
    const channel = open({ sent: 7, received: 3 })
    const [near, far] = createSocketPair()
    const texts: unknown[] = []
    far.addEventListener('message', ({ data }) => texts.push(data))
    expect([6, 7, 8].map((after) => channel.canResume(after))).toEqual([false, true, false])
    channel.attach(near, 7, greet)
    channel.send('a')
    await settled()
    expect(texts).toEqual(['"hello 8 3"', '"a"'])
    expect(channel.sent).toBe(8)
  })

  it('begins with what a peer of another process lacks', async () => {
    const channel = open({ sent: 7, lacking: ['"a"', '"b"'] })
    const [near, far] = createSocketPair()
    const texts: unknown[] = []
    far.addEventListener('message', ({ data }) => texts.push(data))
    channel.attach(near, 7, greet)
    channel.send('c')
    await settled()
    expect(texts).toEqual(['"hello 8 0"', '"a"', '"b"', '"c"'])
    await channel.close()
  })

  it('tells the moment something without a number', async () => {
    const channel = open()
    const peer = new Peer()
    channel.tell('to nobody')
    peer.come(channel)
    channel.tell('told')
    await settled()
    expect(peer.seen).toEqual(['told'])
    expect(channel.sent).toBe(0)
  })

  it('ends with backend_unavailable when nobody has come back within the grace time', async () => {
    const channel = open({ graceMs: 500 })
    const peer = new Peer()
    peer.come(channel)
    peer.send('a')
    await settled()
    peer.cut()
    await settled()
    vi.advanceTimersByTime(499)
    expect(channel.canResume(0)).toBe(true)
    vi.advanceTimersByTime(1)
    expect(channel.canResume(0)).toBe(false)
    expect(await outcome(channel)).toMatchObject({ events: ['a'], error: { code: 'backend_unavailable' } })
  })

  it('waits for nobody while a socket is there', async () => {
    const channel = open({ graceMs: 500 })
    new Peer().come(channel)
    expect(vi.getTimerCount()).toBe(0)
    await channel.close()
  })

  it.each([1000, 1001, 1005])('ends at once when the peer closes with %i', async (code) => {
    const channel = open()
    const peer = new Peer()
    peer.come(channel)
    peer.leave(code)
    expect(await outcome(channel)).toEqual({ events: [], error: undefined })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('closes the socket that another one replaces, and takes nothing of it any more', async () => {
    const channel = open()
    const [near, far] = createSocketPair()
    const closes: unknown[] = []
    far.addEventListener('close', ({ code, reason }) => closes.push({ code, reason }))
    channel.attach(near, 0, greet)
    far.send('"late"')
    new Peer().come(channel)
    await settled()
    expect(closes).toEqual([{ code: 1008, reason: 'replaced' }])
    expect(channel.received).toBe(0)
    vi.runAllTimers()
  })

  it('refuses a peer that lacks what is gone', async () => {
    const channel = open({ spareBytes: 0 })
    new Peer().come(channel)
    channel.send('a')
    channel.send('b')
    channel.acknowledge(1)
    expect([0, 1, 2, 3].map((after) => channel.canResume(after))).toEqual([false, true, true, false])
    const [near, far] = createSocketPair()
    const closes: unknown[] = []
    far.addEventListener('close', ({ code }) => closes.push(code))
    channel.attach(near, 0, greet)
    await settled()
    expect(closes).toEqual([1013])
    expect(channel.attached).toBe(true)
    vi.runAllTimers()
  })

  it('keeps some of what was acknowledged', () => {
    const channel = open({ spareBytes: 6 })
    for (const text of ['a', 'b', 'c']) channel.send(text)
    channel.acknowledge(3)
    expect(channel.kept().map(({ number }) => number)).toEqual([2, 3])
    vi.runAllTimers()
  })

  it('ends with buffer_overflow when a peer is away for more than is kept', async () => {
    const channel = open({ maxBufferedBytes: 20 })
    const peer = new Peer()
    peer.come(channel)
    peer.cut()
    await settled()
    for (let sent = 0; sent < 10; sent += 1) channel.send('12345678')
    expect(await outcome(channel)).toMatchObject({ error: { code: 'buffer_overflow' } })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('writes a frame, and those behind it, when nothing holds it any more', async () => {
    const held: PromiseWithResolvers<void>[] = []
    const channel = open({
      hold: (_frame, text) => {
        if (text !== 'held') return undefined
        const wait = Promise.withResolvers<void>()
        held.push(wait)
        return wait.promise
      },
    })
    const peer = new Peer()
    peer.come(channel)
    for (const text of ['free', 'held', 'behind', 'held']) channel.send(text)
    await settled()
    expect(peer.seen).toEqual(['free'])
    held[1]?.resolve()
    await settled()
    expect(peer.seen).toEqual(['free'])
    held[0]?.reject(new Error('not written down'))
    await settled()
    expect(peer.seen).toEqual(['free', 'held', 'behind', 'held'])
    await channel.close()
  })

  it('lets out what is held before it closes', async () => {
    const wait = Promise.withResolvers<void>()
    const channel = open({ hold: () => wait.promise })
    const peer = new Peer()
    peer.come(channel)
    channel.send('last')
    const closed = channel.close()
    wait.resolve()
    await closed
    expect(peer.seen).toEqual(['last'])
    vi.runAllTimers()
  })

  it('stops reading while too much is not iterated', async () => {
    const channel = open({ maxPendingBytes: 12 })
    const peer = new Peer()
    peer.come(channel)
    for (let sent = 0; sent < 10; sent += 1) peer.send('1')
    await settled()
    expect(channel.received).toBeLessThan(10)
    const iterator = channel[Symbol.asyncIterator]()
    for (let taken = 0; taken < 10; taken += 1) expect((await iterator.next()).value).toBe('1')
    await channel.close()
  })

  it('counts a frame that is no event', async () => {
    const refused: string[] = []
    const channel = open({ onInvalid: ({ code }) => void refused.push(code) })
    const [near, far] = createSocketPair()
    channel.attach(near, 0, greet)
    far.send('7')
    far.send('"a"')
    await settled()
    expect(refused).toEqual(['invalid_event'])
    expect(channel.received).toBe(2)
    expect(channel.framesOf(1)).toBe(2)
    await channel.close()
  })

  it('ends with the error of a frame that is no event when nobody is told', async () => {
    const channel = open()
    const [near, far] = createSocketPair()
    const closes: unknown[] = []
    far.addEventListener('close', ({ code }) => closes.push(code))
    channel.attach(near, 0, greet)
    far.send('7')
    expect(await outcome(channel)).toMatchObject({ error: { code: 'invalid_event' } })
    await settled()
    expect(closes).toEqual([1008])
    vi.runAllTimers()
  })
})

describe('the socket of a resumable channel', () => {
  it('is a plain channel to a peer that knows nothing of it', async () => {
    const channel = open()
    const [near, far] = createSocketPair()
    const plain = webSocketChannel(far, textCodec)
    channel.attach(near, 0, greet)
    channel.send('a')
    await channel.close()
    expect(await outcome(plain)).toEqual({ events: ['hello 1 0', 'a'], error: undefined })
  })
})
