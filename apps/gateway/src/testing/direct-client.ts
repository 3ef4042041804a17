import { createChannelPair, openaiGa } from '@parley/core'
import type { ClientEvent, ServerEvent } from '@parley/core'
import { runSession } from '@parley/core/session'
import type { SessionPorts, SessionSummary } from '@parley/core/session'
import { memoryStore } from '@parley/core/storage'
import { createId } from '../ids.ts'
import { createEventLog } from './event-log.ts'
import type { WireEvent } from './event-log.ts'

/** A GA client of a session without a gateway between them. */
export interface DirectClient extends AsyncDisposable {
  /** Everything received so far. */
  readonly events: readonly WireEvent[]
  send(event: object): void
  /** The next event of a type that was not returned before; rejects when the session ends first. */
  next(type: string): Promise<WireEvent>
  readonly summary: Promise<SessionSummary>
}

/** Starts a session with a memory store and a client of it. */
export function connectDirectly(ports: Partial<SessionPorts> & Pick<SessionPorts, 'provider'>): DirectClient {
  const [client, clientSide] = createChannelPair<ServerEvent, ClientEvent>()
  const codec = openaiGa.acceptor()
  const log = createEventLog<WireEvent>()
  const stop = new AbortController()
  const summary = runSession({
    model: undefined,
    client: clientSide,
    store: memoryStore(),
    conversationId: createId('conv'),
    now: Date.now,
    newId: createId,
    signal: stop.signal,
    ...ports,
  })

  async function listen(): Promise<void> {
    for await (const event of client) {
      // Frames of this dialect are JSON objects.
      for (const frame of codec.encode(event)) log.record(JSON.parse(String(frame)) as WireEvent)
    }
  }
  const end = (): void => log.end(new Error('The session has ended.'))
  const listening = listen().then(end, end)

  return {
    events: log.events,
    summary,
    send(event) {
      for (const decoded of codec.decode(JSON.stringify(event))) client.send(decoded)
    },
    next: (type) => log.next(type),
    async [Symbol.asyncDispose]() {
      await client.close()
      await Promise.all([summary, listening])
    },
  }
}
