import { once } from 'node:events'
import { WebSocket } from 'ws'
import { isObject, textOf } from './json.ts'
import type { WireObject } from './wire.ts'

/** How the connection ended. */
export interface RawClose {
  readonly code: number
  readonly reason: string
}

/** A client that sends and reads JSON and knows nothing else. */
export interface RawClient extends AsyncDisposable {
  /** Every event so far. */
  readonly events: readonly WireObject[]
  send(event: unknown): void
  /** The next unread event of this type (and shape); rejects when the connection ends before. */
  next(type: string, matches?: (event: WireObject) => boolean): Promise<WireObject>
  /** Everything unread up to the event of this type, with it. */
  upTo(type: string): Promise<readonly WireObject[]>
  readonly closed: Promise<RawClose>
}

/** How to dial. */
export interface RawClientOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly protocols?: readonly string[]
}

/** Dials; rejects with the HTTP status when the upgrade is refused. */
export async function rawClient(url: string, options: RawClientOptions = {}): Promise<RawClient> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), [...(options.protocols ?? [])], {
    headers: { ...options.headers },
  })
  const events: WireObject[] = []
  const close = Promise.withResolvers<RawClose>()
  let ended: RawClose | undefined
  let wake = Promise.withResolvers<void>()
  let read = 0
  const notify = () => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  socket.on('message', (data: Buffer) => {
    const event: unknown = JSON.parse(data.toString('utf8'))
    if (isObject(event)) events.push(event)
    notify()
  })
  socket.on('close', (code, reason) => {
    ended = { code, reason: reason.toString() }
    close.resolve(ended)
    notify()
  })
  const opening = Promise.withResolvers<void>()
  socket.on('open', opening.resolve)
  socket.on('error', opening.reject)
  socket.on('unexpected-response', (_request, response) => {
    opening.reject(new Error(`HTTP ${response.statusCode}`))
    socket.terminate()
  })
  await opening.promise

  async function next(
    type: string,
    matches: (event: WireObject) => boolean = () => true,
  ): Promise<WireObject> {
    for (;;) {
      while (read < events.length) {
        const event = events[read++]
        if (event?.['type'] === type && matches(event)) return event
      }
      if (ended !== undefined) throw new Error(`closed with ${ended.code} before ${type}`)
      await patiently(wake.promise, type)
    }
  }
  return {
    events,
    send(event) {
      socket.send(typeof event === 'string' ? event : JSON.stringify(event))
    },
    next,
    async upTo(type) {
      const from = read
      await next(type)
      return events.slice(from, read)
    },
    closed: close.promise,
    async [Symbol.asyncDispose]() {
      if (socket.readyState === socket.CLOSED) return
      socket.terminate()
      await once(socket, 'close')
    },
  }
}

/** How long an event may stay away, in ms. */
const patienceMs = 5000

async function patiently(event: Promise<void>, type: string): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new Error(`${type} did not come within ${patienceMs} ms`))
  }, patienceMs)
  try {
    await Promise.race([event, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** The texts or transcripts an answer said. */
export function answerOf(done: WireObject): string {
  const { response } = done
  const output = isObject(response) && Array.isArray(response['output']) ? response['output'] : []
  return output
    .filter(isObject)
    .flatMap((item) => (Array.isArray(item['content']) ? item['content'].filter(isObject) : []))
    .map((part) => textOf(part['text'], textOf(part['transcript'])))
    .join(' ')
}
