import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ClientOptions } from 'ws'

/** An event as it stands on the wire. */
type WireEvent = Readonly<Record<string, unknown>> & { readonly type: string }

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
  const events: WireEvent[] = []
  const unread: WireEvent[] = []
  const waiting: { type: string; resolve: (event: WireEvent) => void; reject: (error: Error) => void }[] = []
  const closed = Promise.withResolvers<{ code: number; reason: string }>()
  let ended: Error | undefined

  socket.on('message', (data) => {
    const event = JSON.parse((data as Buffer).toString()) as WireEvent
    events.push(event)
    const index = waiting.findIndex(({ type }) => type === event.type)
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(event)
    else unread.push(event)
  })
  socket.on('close', (code, reason) => {
    ended = new Error(`The socket closed with ${code} ${String(reason)}.`)
    for (const { reject } of waiting.splice(0)) reject(ended)
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
    events,
    closed: closed.promise,
    send(event) {
      socket.send(typeof event === 'string' || event instanceof Uint8Array ? event : JSON.stringify(event))
    },
    next(type) {
      const index = unread.findIndex((event) => event.type === type)
      if (index >= 0) return Promise.resolve(unread.splice(index, 1)[0] as WireEvent)
      if (ended !== undefined) return Promise.reject(ended)
      return new Promise((resolve, reject) => waiting.push({ type, resolve, reject }))
    },
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
