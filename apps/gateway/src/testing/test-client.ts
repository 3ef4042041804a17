import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ClientOptions } from 'ws'
import { createEventLog } from './event-log.ts'
import type { WireEvent } from './event-log.ts'

/** A WebSocket client that waits for events. */
export interface TestClient extends Disposable {
  readonly socket: WebSocket
  /** Everything received so far. */
  readonly events: readonly WireEvent[]
  send(event: object | string | Uint8Array): void
  /** The next event of a type that was not returned before; rejects when the socket closes first. */
  next(type: string): Promise<WireEvent>
  /** Code and reason of the close. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
}

/** Connects; rejects with the HTTP answer as `{ status, body }` when the upgrade is refused. */
export async function connect(
  url: string,
  protocols: string[] = [],
  options: ClientOptions = {},
): Promise<TestClient> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), protocols, options)
  const log = createEventLog<WireEvent>()
  const closed = Promise.withResolvers<{ code: number; reason: string }>()

  socket.on('message', (data) => log.record(JSON.parse((data as Buffer).toString()) as WireEvent))
  socket.on('close', (code, reason) => {
    log.end(new Error(`The socket closed with ${code} ${String(reason)}.`))
    closed.resolve({ code, reason: String(reason) })
  })
  const refused = Promise.withResolvers<never>()
  socket.on('unexpected-response', (_request, response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      refused.reject(new RefusedUpgrade(response.statusCode ?? 0, text === '' ? undefined : JSON.parse(text)))
    })
  })
  await Promise.race([once(socket, 'open'), refused.promise])
  socket.on('error', () => undefined)

  return {
    socket,
    events: log.events,
    closed: closed.promise,
    send(event) {
      socket.send(typeof event === 'string' || event instanceof Uint8Array ? event : JSON.stringify(event))
    },
    next: (type) => log.next(type),
    [Symbol.dispose]() {
      socket.terminate()
    },
  }
}

/** An upgrade that was answered with an HTTP response. */
class RefusedUpgrade extends Error {
  readonly status: number
  readonly body: unknown

  constructor(status: number, body: unknown) {
    super(`Refused with ${status}: ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
  }
}

/** A user message with text. */
export function userText(text: string): object {
  return {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  }
}

/** One written turn, up to the end of its answer. */
export async function ask(client: TestClient, text: string): Promise<void> {
  client.send(userText(text))
  client.send({ type: 'response.create' })
  await client.next('response.done')
}
