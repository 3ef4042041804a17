import { describe, expect, it, vi } from 'vitest'
import { RealtimeError } from '../errors.ts'
import { outcome, textCodec } from '../testing/channel-laws.ts'
import { webSocketChannel, type Socket } from './web-socket-channel.ts'

/** A socket that records what is asked of it and lets a test play the other side. */
class ScriptedSocket implements Socket {
  readyState = 1
  bufferedAmount = 0
  binaryType = 'blob'
  readonly calls: unknown[][] = []
  readonly #listeners: { readonly type: string; readonly listener: (event: never) => void }[] = []

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.push({ type, listener })
  }
  #emit(type: string, event: object): void {
    for (const entry of this.#listeners) {
      // Each listener gets the event of the type it asked for.
      if (entry.type === type) entry.listener(event as never)
    }
  }

  send(frame: string | Uint8Array): void {
    this.calls.push(['send', frame])
  }
  close(code?: number, reason?: string): void {
    this.calls.push(['close', code, reason])
  }
  pause(): void {
    this.calls.push(['pause'])
  }
  resume(): void {
    this.calls.push(['resume'])
  }
  terminate(): void {
    this.calls.push(['terminate'])
  }
  receive(data: unknown): void {
    this.#emit('message', { data })
  }
  drop(code: number, reason = ''): void {
    this.#emit('close', { code, reason })
  }
  fail(error: Error): void {
    this.#emit('error', { error })
  }
  /** Names of the calls so far. */
  get names(): readonly unknown[] {
    return this.calls.map(([name]) => name)
  }
}

describe('a channel over a WebSocket', () => {
  it.each([1000, 1001, 1005])('ends without an error at close code %i', async (code) => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket, textCodec)
    socket.receive('"a"')
    socket.drop(code)
    expect(await outcome(channel)).toEqual({ events: ['a'], error: undefined })
  })

  it('throws the code, the reason and the cause of a broken connection', async () => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket, textCodec)
    const cause = new Error('reset')
    socket.fail(cause)
    socket.drop(1006, 'gone')
    const { error } = await outcome(channel)
    expect(error).toMatchObject({ code: 'backend_unavailable', cause })
    expect(error?.message).toBe('The connection closed with code 1006: gone')
  })

  it('throws at once when the socket had closed before', async () => {
    const socket = new ScriptedSocket()
    socket.readyState = 3
    const channel = webSocketChannel(socket, textCodec)
    channel.send('a')
    await channel.close()
    expect(socket.names).toEqual(['resume'])
    expect((await outcome(channel)).error?.code).toBe('backend_unavailable')
  })

  it('ends with the error of a frame that is no event', async () => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket, textCodec)
    socket.receive('"a"')
    socket.receive('7')
    socket.receive('"b"')
    expect(await outcome(channel)).toMatchObject({ events: ['a'], error: { code: 'invalid_event' } })
    expect(socket.calls).toContainEqual(['close', 1008, 'invalid_event'])
  })

  it('goes on after a frame that is no event when somebody is told', async () => {
    const socket = new ScriptedSocket()
    const refused: RealtimeError[] = []
    const channel = webSocketChannel(socket, textCodec, { onInvalid: (error) => void refused.push(error) })
    socket.receive('7')
    socket.receive(new ArrayBuffer(1))
    socket.receive('"a"')
    socket.drop(1000)
    expect(await outcome(channel)).toEqual({ events: ['a'], error: undefined })
    expect(refused.map(({ code }) => code)).toEqual(['invalid_event', 'invalid_event'])
  })

  it('ends with internal_error when the codec or the one who is told fails', async () => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket, textCodec, {
      onInvalid() {
        throw new Error('a bug')
      },
    })
    socket.receive('7')
    expect((await outcome(channel)).error?.code).toBe('internal_error')
    expect(socket.calls).toContainEqual(['close', 1011, 'internal_error'])
  })

  it('hands binary frames to the codec as bytes', async () => {
    const socket = new ScriptedSocket()
    const decode = vi.fn(() => ['a'])
    const channel = webSocketChannel(socket, { ...textCodec, decode })
    socket.receive(new Uint8Array([1, 2]).buffer)
    await channel[Symbol.asyncIterator]().next()
    expect(socket.binaryType).toBe('arraybuffer')
    expect(decode).toHaveBeenCalledWith(new Uint8Array([1, 2]))
  })

  it('closes with buffer_overflow when the network takes too little', async () => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket, textCodec, { maxBufferedBytes: 10 })
    socket.bufferedAmount = 10
    channel.send('a')
    socket.bufferedAmount = 11
    channel.send('b')
    channel.send('c')
    expect(socket.calls.slice(1)).toEqual([
      ['send', '"a"'],
      ['send', '"b"'],
      ['resume'],
      ['close', 1013, 'buffer_overflow'],
    ])
    expect((await outcome(channel)).error?.code).toBe('buffer_overflow')
  })

  it('stops reading while too much is not iterated, and reads on at half of it', async () => {
    const socket = new ScriptedSocket()
    const iterator = webSocketChannel(socket, textCodec, { maxPendingBytes: 12 })[Symbol.asyncIterator]()
    for (let event = 0; event < 4; event++) socket.receive('"1"')
    expect(socket.names).toEqual(['resume'])
    socket.receive('"1"')
    expect(socket.names).toEqual(['resume', 'pause'])
    await iterator.next()
    await iterator.next()
    expect(socket.names).toEqual(['resume', 'pause'])
    await iterator.next()
    expect(socket.names).toEqual(['resume', 'pause', 'resume'])
  })

  it('forgets what the side that closes has not taken', async () => {
    const socket = new ScriptedSocket()
    const channel = webSocketChannel(socket, textCodec)
    socket.receive('"a"')
    void channel.close()
    socket.receive('"b"')
    socket.drop(1000)
    expect(await outcome(channel)).toEqual({ events: [], error: undefined })
  })

  it('throws its error once; then the iteration is over', async () => {
    const socket = new ScriptedSocket()
    const iterator = webSocketChannel(socket, textCodec)[Symbol.asyncIterator]()
    socket.drop(1006)
    await expect(iterator.next()).rejects.toThrow('1006')
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  it('waits for the other side to agree to a close, but not for ever', async () => {
    vi.useFakeTimers()
    try {
      const agreeing = new ScriptedSocket()
      const agreed = webSocketChannel(agreeing, textCodec).close()
      agreeing.drop(1000)
      await agreed
      const silent = new ScriptedSocket()
      const closing = webSocketChannel(silent, textCodec, { closeTimeoutMs: 100 }).close()
      await vi.advanceTimersByTimeAsync(99)
      expect(silent.names).not.toContain('terminate')
      await vi.advanceTimersByTimeAsync(1)
      await closing
      expect(silent.names).toContain('terminate')
      expect(agreeing.names).not.toContain('terminate')
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('moves a close code that browsers refuse up by 3000', async () => {
    const socket = new ScriptedSocket()
    const close = vi.spyOn(socket, 'close')
    close.mockImplementation((code) => {
      if (code !== 1000 && (code ?? 0) < 3000) throw new Error('InvalidAccessError')
    })
    void webSocketChannel(socket, textCodec).close({ code: 1013, reason: 'buffer_overflow' })
    expect(close).toHaveBeenLastCalledWith(4013, 'buffer_overflow')
    socket.drop(1000)
  })

  it('cuts a reason to whole characters within 123 bytes', () => {
    const socket = new ScriptedSocket()
    void webSocketChannel(socket, textCodec).close({ code: 1000, reason: 'ä'.repeat(100) })
    expect(socket.calls).toContainEqual(['close', 1000, 'ä'.repeat(61)])
    socket.drop(1000)
  })
})
