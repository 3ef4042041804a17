import type { AudioFormat } from '@parley/audio'
import type { Close } from '../channel/close.ts'
import type { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import { toErrorEvent } from '../events/error-event.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { TurnDetection } from '../events/session-config.ts'
import type { Capabilities } from '../providers/capabilities.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import { conversationOf } from './conversation.ts'
import type { Conversation } from './conversation.ts'
import type { Track } from './heard.ts'

/** What reaches the session. `at` is the clock in ms. */
export type SessionInput =
  | { readonly from: 'client'; readonly event: ClientEvent; readonly at: number }
  | { readonly from: 'provider'; readonly event: ServerEvent; readonly at: number }
  | { readonly from: 'provider'; readonly lost: RealtimeError; readonly at: number }
  /** The session has to end: drained, taken over, or the client has left. */
  | { readonly from: 'clock'; readonly end: RealtimeError | undefined; readonly at: number }

/** What the session wants done, in order. Client events wait for the store outputs before them. */
export type SessionOutput =
  | { readonly to: 'client'; readonly event: ServerEvent }
  | { readonly to: 'provider'; readonly event: ClientEvent }
  | { readonly to: 'store'; readonly entries: readonly ContextEntry[] }
  | { readonly to: 'outbox'; readonly dropAudioOf: string }
  | { readonly to: 'end'; readonly close: Close }

/** A response between `response.created` and `response.done`. */
export interface ActiveResponse {
  readonly id: string
  readonly outOfBand: boolean
  /** Cancelled by the client or by the user's voice: what it still produces is dropped. */
  readonly silenced: boolean
  /** Items announced and not done, with the sound sent for them. */
  readonly open: ReadonlyMap<string, { readonly outputIndex: number; readonly track: Track }>
}

/** Formats of the client's and the backend's audio, one pair per direction. */
export interface AudioRoute {
  readonly client: AudioFormat
  readonly provider: AudioFormat
}

/** Everything a session knows. Plain data; `step` makes the next one. */
export interface SessionState {
  readonly phase: 'connecting' | 'open' | 'closed'
  readonly conversationId: string
  readonly capabilities: Capabilities
  readonly conversation: Conversation
  /** Ids of items the backend is being told again, whose echo the client must not see. */
  readonly seeded: ReadonlySet<string>
  /** Sound of finished spoken items, for truncation. */
  readonly tracks: ReadonlyMap<string, Track>
  readonly responses: ReadonlyMap<string, ActiveResponse>
  /** A `response.create` for the default conversation that the backend has not answered. */
  readonly requested: { readonly eventId: string | undefined } | undefined
  readonly input: AudioRoute
  readonly output: AudioRoute
  /** Sound in the input buffer since it was committed or cleared (ms). */
  readonly bufferedMs: number
  /** Turn detection the client asked for, where the backend was told something else in its place. */
  readonly askedTurnDetection: TurnDetection | undefined
  /** Speech of the user interrupts a running response. */
  readonly interrupts: boolean
  readonly playoutEndsAt: number
  readonly turns: number
  /** Makes ids unique across sessions of one conversation. */
  readonly idSeed: string
  readonly nextId: number
}

/** A state and what to do about it. */
export interface Step {
  readonly state: SessionState
  readonly outputs: readonly SessionOutput[]
}

/** Sound of the GA default: 16-bit PCM at 24 kHz. */
const defaultFormat: AudioFormat = { type: 'audio/pcm', rate: 24_000 }

/** The state before the backend's first event. */
export function initialState(options: {
  readonly capabilities: Capabilities
  readonly conversationId: string
  readonly items: readonly Item[]
  readonly idSeed: string
}): SessionState {
  return {
    phase: 'connecting',
    conversationId: options.conversationId,
    capabilities: options.capabilities,
    conversation: conversationOf(options.items),
    seeded: new Set(),
    tracks: new Map(),
    responses: new Map(),
    requested: undefined,
    input: { client: defaultFormat, provider: defaultFormat },
    output: { client: defaultFormat, provider: defaultFormat },
    bufferedMs: 0,
    askedTurnDetection: undefined,
    interrupts: true,
    playoutEndsAt: 0,
    turns: 0,
    idSeed: options.idSeed,
    nextId: 0,
  }
}

/** No change, nothing to do. */
export function nothing(state: SessionState): Step {
  return { state, outputs: [] }
}

/** A new id made from the state alone. */
export function takeId(
  state: SessionState,
  prefix: string,
): { readonly state: SessionState; readonly id: string } {
  const id = `${prefix}_${state.idSeed}${state.nextId.toString(36)}`
  return { state: { ...state, nextId: state.nextId + 1 }, id }
}

/** Answers with an `error` event; the session goes on. */
export function refuse(state: SessionState, error: RealtimeError): Step {
  const { state: next, id } = takeId(state, 'event')
  return { state: next, outputs: [{ to: 'client', event: toErrorEvent(error, id) }] }
}
