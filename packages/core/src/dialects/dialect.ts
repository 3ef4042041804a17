import type { Codec } from '../channel/codec.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { DialectName } from '../events/extension.ts'
import type { ServerEvent } from '../events/server-events.ts'

export type { DialectName }

/** A wire format: what a frame means as an event, in both roles. */
export interface Dialect {
  readonly name: DialectName
  /** Event types with no counterpart on this wire: they encode to no frame. */
  readonly omits: ReadonlySet<ClientEvent['type'] | ServerEvent['type']>
  /** Codec for a connection on which we are the server. */
  acceptor(): Codec<ClientEvent, ServerEvent>
  /** Codec for a connection on which we are the client. */
  connector(): Codec<ServerEvent, ClientEvent>
}
