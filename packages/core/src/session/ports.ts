import type { Channel } from '../channel/channel.ts'
import type { Close } from '../channel/close.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { ConnectRequest, Provider } from '../providers/provider.ts'
import type { ContextStore } from '../storage/context-store.ts'

/** A connected client: it yields client events and takes server events. */
export type ClientChannel = Channel<ClientEvent, ServerEvent>

/** Everything a session touches. */
export interface SessionPorts {
  readonly client: ClientChannel
  readonly provider: Provider
  /** Model after the backend's name, `undefined` for the backend's default. */
  readonly model: string | undefined
  /** What the client connected for. Default `conversation`. */
  readonly intent?: ConnectRequest['intent']
  readonly store: ContextStore
  readonly conversationId: string
  /** Clock in ms. */
  readonly now: () => number
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
  /** Ends the session; its `reason`, when a `RealtimeError`, is told to the client. */
  readonly signal: AbortSignal
}

/** How a session went. */
export interface SessionSummary {
  readonly conversationId: string
  /** Responses of the default conversation that ended. */
  readonly turns: number
  readonly durationMs: number
  readonly close: Close
}
