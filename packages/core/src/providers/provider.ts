import type { Channel } from '../channel/channel.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { Capabilities } from './capabilities.ts'

/** A connection to a backend: it yields server events and takes client events. */
export type ProviderChannel = Channel<ServerEvent, ClientEvent>

/** What a provider needs to open one session. */
export interface ConnectRequest {
  /** Model asked for after the backend's name, `undefined` for the backend's default. */
  readonly model: string | undefined
  /** Aborts the dial; the returned promise rejects. */
  readonly signal: AbortSignal
}

/** Knows where a backend is and what it can do; one object serves every session. */
export interface Provider {
  /** Name used in `?model=<name>[/model]`. */
  readonly name: string
  readonly capabilities: Capabilities
  /** Resolves with a channel whose first event is `session.created`; rejects with `RealtimeError`. */
  connect(request: ConnectRequest): Promise<ProviderChannel>
}
