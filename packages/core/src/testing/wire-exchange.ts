import type { Dialect } from '../dialects/dialect.ts'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { comparable } from './dialect-laws.ts'
import type { WireEvent } from './sample-events.ts'

/** What a client's wire event means, as plain JSON. */
export function readFromClient(dialect: Dialect, event: WireEvent): unknown {
  return dialect.acceptor().decode(JSON.stringify(event)).map(comparable)
}

/** The wire events a client gets for events of the session, in order. */
export function writtenToClient(dialect: Dialect, events: readonly ServerEvent[]): readonly unknown[] {
  const codec = dialect.acceptor()
  return events.flatMap((event) => codec.encode(event)).map(parsed)
}

/** What a backend's wire events mean, read over one connection. */
export function readFromServer(dialect: Dialect, events: readonly WireEvent[]): readonly ServerEvent[] {
  const codec = dialect.connector()
  return events.flatMap((event) => codec.decode(JSON.stringify(event)))
}

/** The wire events a backend gets for events of the session. */
export function writtenToServer(dialect: Dialect, events: readonly ClientEvent[]): readonly unknown[] {
  const codec = dialect.connector()
  return events.flatMap((event) => codec.encode(event)).map(parsed)
}

/** Code and field of the error with which a client's event is refused. */
export function refusal(dialect: Dialect, event: WireEvent): readonly unknown[] {
  try {
    dialect.acceptor().decode(JSON.stringify(event))
    return ['accepted']
  } catch (error) {
    if (error instanceof RealtimeError) return [error.code, error.param]
    throw error
  }
}

function parsed(frame: unknown): unknown {
  return JSON.parse(String(frame))
}
