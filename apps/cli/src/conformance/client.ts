import { once } from 'node:events'
import { WebSocket } from 'ws'
import { ClauseFailure, NotSupported, check, show } from './outcome.ts'
import { at, parseEvent, saysUnsupported, textAt, typesOf } from './reader.ts'
import type { WireEvent } from './reader.ts'

/** How often the state of a socket is looked at, which tells nobody that it changes. */
const pollMs = 100

/** One frame, as it went over the wire. */
export interface Frame {
  readonly from: 'client' | 'server'
  /** Since the connection was asked for. */
  readonly atMs: number
  readonly data: string | Uint8Array
}

/** What the server, or this client, closed the connection with. */
export interface Closed {
  readonly code: number
  readonly reason: string
}

/** Where and how to connect. */
export interface Door {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Subprotocols to offer. */
  readonly protocols: readonly string[]
  /** Longest wait for anything awaited. */
  readonly timeoutMs: number
}

/** A plain WebSocket with a record of what passed and ways to wait; knows no events by name but `error`. */
export class Client {
  readonly frames: Frame[] = []
  /** What the server sent that is an event. */
  readonly events: WireEvent[] = []
  /** What the server sent that is none: binary, not JSON, no object, no type. */
  readonly oddFrames: string[] = []
  readonly pongs: string[] = []
  readonly socket: WebSocket
  readonly timeoutMs: number
  closed: Closed | undefined
  readonly #from = performance.now()
  readonly #wakers = new Set<() => void>()
  #ids = 0

  constructor(door: Door) {
    this.timeoutMs = door.timeoutMs
    this.socket = new WebSocket(door.url, [...door.protocols], {
      headers: door.headers,
      handshakeTimeout: door.timeoutMs,
      perMessageDeflate: false,
    })
    this.socket.on('message', (data: Buffer, isBinary: boolean) => this.#take(data, isBinary))
    this.socket.on('pong', (data: Buffer) => this.#note(() => this.pongs.push(data.toString())))
    this.socket.on('close', (code, reason) =>
      this.#note(() => (this.closed = { code, reason: reason.toString() })),
    )
    this.socket.on('error', () => undefined)
  }

  /** Resolves when the upgrade is done; a refusal is a `ClauseFailure` that names it. */
  async opened(): Promise<this> {
    let refusal = 'no answer to the upgrade'
    this.socket.once('unexpected-response', (request, response) => {
      refusal = `HTTP ${response.statusCode} instead of an upgrade`
      request.destroy()
      this.socket.terminate()
    })
    try {
      await once(this.socket, 'open')
      return this
    } catch (error) {
      const detail = refusal.startsWith('HTTP') || !(error instanceof Error) ? refusal : error.message
      throw new ClauseFailure('an open WebSocket', detail)
    }
  }

  /** Sends an event, with an `event_id` of ours unless it has one, and gives that id. */
  send(event: Readonly<Record<string, unknown>>): string {
    const eventId = textAt(event, 'event_id') ?? `check_${(this.#ids += 1)}`
    this.sendRaw(JSON.stringify({ event_id: eventId, ...event }))
    return eventId
  }

  /** Sends a frame as it is. */
  sendRaw(data: string | Uint8Array): void {
    this.frames.push({ from: 'client', atMs: performance.now() - this.#from, data })
    this.socket.send(data)
  }

  /** The first event, of those from index `since` on, that fits; waits for it. */
  async next(
    expected: string,
    fits: (event: WireEvent) => boolean,
    { since = 0, withinMs = this.timeoutMs } = {},
  ): Promise<WireEvent> {
    let event: WireEvent | undefined
    await this.until(
      () => (event = this.events.slice(since).find(fits)) !== undefined || this.closed !== undefined,
      withinMs,
    )
    if (event === undefined) throw new ClauseFailure(expected, this.summary(since))
    return event
  }

  /** The first event of a type, of those from index `since` on. */
  async nextOf(type: string, options: { since?: number; withinMs?: number } = {}): Promise<WireEvent> {
    return this.next(type, (event) => event.type === type, options)
  }

  /**
   * Sends an event and waits for its answer. An `error` in its place is a `ClauseFailure`, or `NotSupported` where
   * it says so.
   */
  async ask(event: Readonly<Record<string, unknown>>, answer: string): Promise<WireEvent> {
    const since = this.events.length
    const eventId = this.send(event)
    const event_ = await this.next(
      `${answer} as answer to ${show(event['type'])}`,
      (found) => found.type === answer || (found.type === 'error' && answers(found, eventId)),
      { since },
    )
    if (event_.type === answer) return event_
    if (saysUnsupported(at(event_, 'error'))) throw new NotSupported(textAt(event_, 'error.message') ?? '')
    throw new ClauseFailure(`${answer} as answer to ${show(event['type'])}`, show(event_))
  }

  /** Resolves true once the condition holds, and false when it has not in time. */
  async until(holds: () => boolean, withinMs = this.timeoutMs): Promise<boolean> {
    const deadline = performance.now() + withinMs
    while (!holds()) {
      const leftMs = deadline - performance.now()
      if (leftMs <= 0) return false
      await this.#change(leftMs)
    }
    return true
  }

  /**
   * Waits for an event or a close frame. A server that stops reading never sees our answer to its close, so the
   * connection is cut as soon as the close frame is here; its code is kept.
   */
  async answerOrClose(since: number): Promise<void> {
    const deadline = performance.now() + this.timeoutMs
    const isOver = () => this.events.length > since || this.closed !== undefined
    while (!isOver() && performance.now() < deadline) {
      await this.until(isOver, pollMs)
      if (this.socket.readyState === WebSocket.CLOSING) this.socket.terminate()
    }
  }

  /** Lets time pass. */
  async listen(ms: number): Promise<void> {
    await this.until(() => this.closed !== undefined, ms)
  }

  /** What came since, in a line. */
  summary(since = 0): string {
    const end = this.closed
      ? `, then the connection closed with ${this.closed.code} ${this.closed.reason}`.trimEnd()
      : ''
    const error = this.events.slice(since).find(({ type }) => type === 'error')
    return `${typesOf(this.events.slice(since))}${end}${error ? `; error: ${show(at(error, 'error'))}` : ''}`
  }

  /** Closes as a client should; the connection is cut when no answer comes within two seconds. */
  async close(): Promise<void> {
    this.socket.close(1000)
    const answered = await this.until(() => this.closed !== undefined, 2000)
    if (!answered) this.socket.terminate()
  }

  #take(data: Buffer, isBinary: boolean): void {
    const text = isBinary ? undefined : data.toString()
    this.frames.push({ from: 'server', atMs: performance.now() - this.#from, data: text ?? data })
    const event = text === undefined ? undefined : parseEvent(text)
    this.#note(() => {
      if (event) this.events.push(event)
      else this.oddFrames.push(text ?? `<binary, ${data.length} bytes>`)
    })
  }

  #note(change: () => void): void {
    change()
    for (const wake of this.#wakers) wake()
  }

  async #change(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, withinMs)
    this.#wakers.add(resolve)
    await promise
    clearTimeout(timer)
    this.#wakers.delete(resolve)
  }
}

/** Whether an error answers the event with this id, as far as it says. */
export function answers(error: WireEvent, eventId: string): boolean {
  const named = at(error, 'error.event_id')
  return named === eventId || typeof named !== 'string'
}

/** Fails unless the connection is still open and the server still answers. */
export function checkOpen(client: Client, after: string): void {
  check(
    client.closed === undefined,
    `the session to go on after ${after}`,
    `the connection closed with ${client.closed?.code} ${client.closed?.reason}`,
  )
}
