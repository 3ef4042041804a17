import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { refuseUpgrade } from './refuse-upgrade.ts'

/** How a stand-in takes connections; durations in real milliseconds. */
export interface GateOptions {
  /** Waits before it upgrades. */
  readonly openDelayMs?: number
  /** Refuses the upgrade with this HTTP status. */
  readonly refuse?: number
  /** Takes the TCP connection and never answers. */
  readonly neverUpgrade?: boolean
}

/** An upgrade as it was asked for. */
export interface UpgradeRequest {
  readonly request: IncomingMessage
  readonly stream: Duplex
  readonly head: Buffer
  /** Headers with lists joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A listening server of upgrades. */
export interface LoopbackServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** Cuts every connection without a word. */
  dropAll(): void
  /** Refuses upgrades from now on with this HTTP status, or takes them again. */
  refuse(status: number | undefined): void
}

/** A port on loopback that takes nothing but upgrades; any other request is a violation. */
export async function loopbackServer(
  options: GateOptions,
  {
    violate,
    seen,
    upgrade,
  }: {
    violate(rule: string): void
    /** Every upgrade that is answered, refused ones too. */
    seen(asked: UpgradeRequest): void
    upgrade(asked: UpgradeRequest): void
  },
): Promise<LoopbackServer> {
  const streams = new Set<Duplex>()
  const timers = new Set<NodeJS.Timeout>()
  let refusal = options.refuse
  const server = createServer((_request, response) => {
    violate('a request that is no upgrade')
    response.writeHead(426).end()
  })

  function answer(asked: UpgradeRequest): void {
    if (asked.stream.destroyed) return
    seen(asked)
    if (refusal === undefined) return upgrade(asked)
    refuseUpgrade(asked.stream, refusal, {
      code: 'refused',
      message: 'The stand-in was told to refuse.',
    })
  }

  server.on('upgrade', (request, stream: Duplex, head) => {
    streams.add(stream)
    stream.on('close', () => streams.delete(stream))
    stream.on('error', () => stream.destroy())
    if (options.neverUpgrade === true) return
    const asked = { request, stream, head, headers: headersOf(request) }
    if (options.openDelayMs === undefined) return answer(asked)
    const timer = setTimeout(() => {
      timers.delete(timer)
      answer(asked)
    }, options.openDelayMs)
    timers.add(timer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.')

  const dropAll = () => {
    for (const stream of streams) stream.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    dropAll,
    refuse(status) {
      refusal = status
    },
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer)
      dropAll()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

/** What a frame says, or its text where it is not JSON. */
export function readable(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
}
