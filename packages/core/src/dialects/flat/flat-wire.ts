import type { Dialect } from '../dialect.ts'
import type { EventSchema } from '../event-parser.ts'

/** What tells the two flat wires apart; everything else they share. */
export interface FlatWire extends Pick<Dialect, 'omits'> {
  readonly dialect: 'openai-beta' | 'voice-live'
  /** Says what GA has no field for: vendor voices, kinds of turn detection, sampling rates, further tools. */
  readonly extended: boolean
  /** Schemas a client's events are held against. */
  readonly clientSchemas: readonly EventSchema[]
  /** Schemas a server's events are held against. */
  readonly serverSchemas: readonly EventSchema[]
  /** Keys a client may set of a session; without them unknown keys are kept as extensions. */
  readonly sessionKeys?: {
    readonly realtime: ReadonlySet<string>
    readonly transcription: ReadonlySet<string>
  }
}
