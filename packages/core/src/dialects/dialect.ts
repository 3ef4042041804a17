import type { Codec } from '../channel/codec.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { DialectName } from '../events/extension.ts'
import type { ServerEvent } from '../events/server-events.ts'

export type { DialectName }

/** A wire format that Parley speaks to a backend. */
export interface SpokenDialect {
  readonly name: DialectName
  /** Event types with no counterpart on this wire: they encode to no frame. */
  readonly omits: ReadonlySet<ClientEvent['type'] | ServerEvent['type']>
  /** Codec for a connection on which we are the client. */
  connector(): Codec<ServerEvent, ClientEvent>
}

/** A wire format in both roles: what a frame means as an event. */
export interface Dialect extends SpokenDialect {
  /** Codec for a connection on which we are the server. */
  acceptor(): Codec<ClientEvent, ServerEvent>
}
