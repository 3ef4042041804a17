import type { Conversation } from './conversation.ts'
import type { Refusal } from './rules/refusal.ts'
import type { Account, ModelTraits, Settings, Wire, WireObject } from './wire.ts'

/** Which of the documented variants this connection shows. */
export interface Manner {
  /** Real ms between two deltas. */
  readonly deltaIntervalMs: number
  /** Real ms per ms of idle time-outs and playback. */
  readonly timeScale: number
  /** Transcripts of the user come after the whole answer. */
  readonly lateTranscripts: boolean
  /** Speech of the user cannot be written down. */
  readonly failTranscripts: boolean
  /** Mixes events of unknown types in. */
  readonly unknownEvents: boolean
  /** The service holds that much less sound of an answer than it sent. */
  readonly heldShortMs: number
}

/** One connection's state, shared by the parts of the engine. */
export interface Talk {
  readonly wire: Wire
  readonly account: Account
  readonly manner: Manner
  readonly traits: ModelTraits
  readonly conversation: Conversation
  readonly conversationId: string
  /** Effective session, in the wire's shape. */
  session: WireObject
  /** An answer with sound was given: the voice is locked. */
  hasSpoken: boolean
  /** An avatar is connected. */
  hasAvatar: boolean
  settings(): Settings
  /** Sends a GA event as the wire writes it. */
  emit(event: WireObject): void
  /** Sends an event as it is. */
  emitRaw(event: WireObject): void
  newId(prefix: string): string
  /** Answers an error; what a correct client never does is recorded as well. */
  refuse(refusal: Refusal, event?: WireObject): void
  /** After that many real ms, unless the connection ended: then never. */
  pause(ms: number): Promise<void>
  /** `run` after that many real ms, unless cancelled or the connection ended. */
  later(ms: number, run: () => void): { cancel(): void }
  /** Cuts the connection without a word. */
  drop(): void
  /** Ends it as at the end of the longest session. */
  expire(): void
}
