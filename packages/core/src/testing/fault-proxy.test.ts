import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { badLuck } from './fault-plan.ts'
import type { ScheduledFault } from './fault-plan.ts'
import { faultProxy } from './fault-proxy.ts'
import type { FaultProxy, FaultProxyOptions } from './fault-proxy.ts'

interface Echo extends AsyncDisposable {
  readonly url: string
  /** What the server got, and how its last socket closed. */
  readonly got: string[]
  readonly closed: Promise<number>
}

/** Sends back what it is sent. */
async function echoServer(): Promise<Echo> {
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  const got: string[] = []
  const closed = Promise.withResolvers<number>()
  server.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.on('close', (code) => closed.resolve(code))
    socket.on('message', (data: Buffer) => {
      got.push(data.toString())
      socket.send(data.toString())
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    got,
    closed: closed.promise,
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate()
      http.close()
      await once(http, 'close')
    },
  }
}

/** Sends `texts` as soon as it is connected; resolves with what came back when the socket closes, or with all of it. */
async function exchange(
  proxy: FaultProxy,
  texts: readonly string[],
): Promise<{
  readonly back: readonly string[]
  readonly error: string | undefined
  readonly socket: WebSocket
}> {
  const socket = new WebSocket(proxy.url.replace('http', 'ws'), { perMessageDeflate: false })
  const back: string[] = []
  let error: string | undefined
  socket.on('error', (thrown) => (error = 'code' in thrown ? String(thrown.code) : thrown.message))
  socket.on('open', () => {
    for (const text of texts) socket.send(text)
  })
  const all = Promise.withResolvers<void>()
  socket.on('message', (data: Buffer) => {
    back.push(data.toString())
    if (back.length === texts.length) all.resolve()
  })
  socket.on('close', () => all.resolve())
  await all.promise
  return { back, error, socket }
}

async function proxied(
  run: (proxy: FaultProxy, echo: Echo) => Promise<void>,
  options: Omit<FaultProxyOptions, 'target'> = {},
): Promise<void> {
  await using echo = await echoServer()
  await using proxy = await faultProxy({ target: echo.url, ...options })
  await run(proxy, echo)
}

const texts = Array.from({ length: 6 }, (_, at) => `${at} ${'x'.repeat(at * 90)}`)
const always = (...faults: ScheduledFault[]) => ({ plan: () => ({ faults }) })

describe('the fault proxy', () => {
  it('passes everything on where nothing bad is planned', () =>
    proxied(async (proxy) => {
      const large = [...texts, 'y'.repeat(200_000)]
      const { back, socket } = await exchange(proxy, large)
      expect(back).toEqual(large)
      socket.close()
      await once(socket, 'close')
    }))

  it('cuts after exactly so many frames', () =>
    proxied(
      async (proxy, echo) => {
        const { back, error } = await exchange(proxy, texts)
        expect(back).toEqual(texts.slice(0, 3))
        expect(error).toBeUndefined()
        expect(await echo.closed).toBe(1006)
        expect(proxy.happened).toEqual(['connection 0: cut toDialler after 3 frames'])
      },
      always({ fault: { kind: 'cut' }, direction: 'toDialler', afterFrames: 3 }),
    ))

  it('resets in the middle of a frame, which never arrives', () =>
    proxied(
      async (proxy, echo) => {
        await exchange(proxy, texts)
        expect(await echo.closed).toBe(1006)
        expect(echo.got).toEqual(texts.slice(0, 2))
        expect(proxy.connections[0]?.passed.toTarget).toMatchObject({ frames: 2, inFrame: true })
      },
      always({ fault: { kind: 'reset' }, direction: 'toTarget', afterFrames: 2, inFrame: true }),
    ))

  it('tells both sides of a cut that the other has left, and of a reset that it is broken', () =>
    proxied(async (proxy) => {
      for (const [number, kind] of (['cut', 'reset'] as const).entries()) {
        const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1')
        const seen: unknown[] = []
        const closed = new Promise((resolve) => socket.on('close', resolve))
        socket
          .on('end', () => seen.push('end'))
          .on('error', (error) => seen.push(error.message))
          .resume()
        await once(socket, 'connect')
        const connection = await proxy.connection(number)
        connection.apply({ kind })
        await closed
        expect(seen).toEqual([kind === 'cut' ? 'end' : 'read ECONNRESET'])
        expect(connection.isOpen).toBe(false)
      }
    }))

  it('counts bytes after the handshake', () =>
    proxied(
      async (proxy, echo) => {
        await exchange(proxy, texts)
        expect(proxy.connections[0]?.passed.toTarget.bytes).toBe(17)
        // A frame of 2 characters has a header of 2 bytes and a mask of 4; the next header has 4 of its 8 bytes.
        expect(echo.got).toEqual(texts.slice(0, 1))
      },
      always({ fault: { kind: 'cut' }, direction: 'toTarget', afterBytes: 17 }),
    ))

  it('goes half-open: nothing arrives any more and nobody is told', () =>
    proxied(async (proxy, echo) => {
      const { socket, back } = await exchange(proxy, ['before'])
      const [connection] = proxy.connections
      connection?.apply({ kind: 'halfOpen' })
      socket.send('after')
      socket.ping()
      // The proxy has taken it, so it did not just wait in a buffer.
      while (socket.bufferedAmount > 0) await new Promise(setImmediate)
      socket.terminate()
      await once(socket, 'close')
      await expect(Promise.race([echo.closed, soon()])).resolves.toBe('nothing')
      expect(echo.got).toEqual(['before'])
      expect(back).toEqual(['before'])
    }))

  it('delays without changing the order, until it is healed', () =>
    proxied(async (proxy) => {
      const first = exchange(proxy, texts)
      const connection = await proxy.connection(0)
      connection.apply({ kind: 'delay', ms: 3_600_000 })
      await expect(Promise.race([first, soon()])).resolves.toBe('nothing')
      connection.heal()
      const { back, socket } = await first
      expect(back).toEqual(texts)
      socket.terminate()
    }))

  it('ends a delay of so many frames by itself', () =>
    proxied(
      async (proxy) => {
        const { back, socket } = await exchange(proxy, texts)
        expect(back).toEqual(texts)
        socket.terminate()
      },
      always({
        fault: { kind: 'delay', ms: 5, jitterMs: 5, frames: 3 },
        direction: 'toDialler',
        afterFrames: 1,
      }),
    ))

  it('reads slowly, so that the writer has to wait', () =>
    proxied(async (proxy, echo) => {
      const { socket } = await exchange(proxy, ['first'])
      proxy.connections[0]?.apply({ kind: 'throttle', bytesPerSecond: 1000 }, 'toTarget')
      socket.send('z'.repeat(8_000_000))
      await soon()
      expect(socket.bufferedAmount).toBeGreaterThan(0)
      proxy.connections[0]?.heal()
      while (echo.got.length < 2) await new Promise(setImmediate)
      expect(echo.got[1]).toHaveLength(8_000_000)
      socket.terminate()
    }))

  it('refuses and lets in again', () =>
    proxied(async (proxy) => {
      proxy.refuse('status')
      expect((await exchange(proxy, texts)).error).toBe('Unexpected server response: 503')
      proxy.refuse('reset')
      expect((await exchange(proxy, texts)).error).toBe('ECONNRESET')
      proxy.refuse(undefined)
      const { back, socket } = await exchange(proxy, texts)
      expect(back).toEqual(texts)
      socket.terminate()
      expect(proxy.connections).toHaveLength(3)
    }))

  it('has the same bad luck for the same seed, and another for another', async () => {
    const kinds = ['cut', 'reset', 'halfOpen', 'delay', 'throttle', 'refuse'] as const
    const plan = badLuck({
      chance: () => 1,
      kinds,
      frames: { toTarget: texts.length, toDialler: texts.length },
      maxDelayMs: 5,
    })
    const runs: string[][] = []
    for (const seed of [7, 7, 8]) {
      await proxied(
        async (proxy) => {
          for (let dial = 0; dial < 12; dial += 1) {
            const open = exchange(proxy, texts)
            const connection = await proxy.connection(dial)
            // A half-open connection ends by nobody.
            const { socket } = await Promise.race([open, soon().then(() => ({ socket: undefined }))])
            socket?.terminate()
            if (connection.isOpen) connection.apply({ kind: 'reset' })
          }
          runs.push([...proxy.happened])
        },
        { seed, plan },
      )
    }
    expect(runs[0]!.length).toBeGreaterThan(9)
    expect(runs[1]).toEqual(runs[0])
    expect(runs[2]).not.toEqual(runs[0])
  })
})

/** Time enough for everything that is on its way on loopback. */
function soon(): Promise<'nothing'> {
  return new Promise((resolve) => {
    setTimeout(resolve, 150, 'nothing')
  })
}
