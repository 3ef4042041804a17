import type { AudioFormat } from '@parley/audio'
import type { Close } from '../channel/close.ts'
import type { RealtimeError } from '../errors.ts'
import type {
  ClientEvent,
  ConversationItemCreate,
  ResponseCreate,
  SessionUpdate,
} from '../events/client-events.ts'
import type { ContextMaterial, Fact } from '../context/context-plan.ts'
import type { Item } from '../events/items.ts'
import { toErrorEvent } from '../events/error-event.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { InputTranscription, Session, SessionConfig, TurnDetection } from '../events/session-config.ts'
import type { Capabilities } from '../providers/capabilities.ts'
import type { ContextEntry } from '../storage/context-store.ts'
import { conversationOf } from './items/conversation.ts'
import type { Conversation } from './items/conversation.ts'
import type { Cut, Track } from './heard/heard.ts'
import { listeningDefaults } from './settings/turn-detection.ts'
import type { Listening } from './settings/turn-detection.ts'
import { emptyMemory } from './memory/memory.ts'
import type { Memory, SummaryRequest } from './memory/memory.ts'
import type { Notice } from './settings/notice.ts'
import type { ResumedSession } from './ports.ts'
import type { SoundSpan } from './listening/sound-span.ts'
import { newUpstream } from './upstream/upstream-state.ts'
import type {
  BackendInUse,
  Gap,
  RecoveryRules,
  Succession,
  Successor,
  Upstream,
  WordlessTurn,
} from './upstream/upstream-state.ts'

/** What reaches the session. `at` is the clock in ms. */
export type SessionInput =
  | { readonly from: 'client'; readonly event: ClientEvent; readonly at: number }
  | { readonly from: 'provider'; readonly event: ServerEvent; readonly at: number }
  | { readonly from: 'provider'; readonly lost: RealtimeError; readonly at: number }
  /** A session that was dialled for is there and silent, or cannot be had. */
  | { readonly from: 'upstream'; readonly ready: Successor; readonly at: number }
  | { readonly from: 'upstream'; readonly failed: RealtimeError; readonly at: number }
  /** The session has to end: drained, taken over, or the client has left. */
  | { readonly from: 'clock'; readonly end: RealtimeError | undefined; readonly at: number }
  /** The session is to end at the next end of a turn. */
  | { readonly from: 'clock'; readonly leave: true; readonly at: number }
  /** A time that was asked for with `wakeAt` has come. */
  | { readonly from: 'clock'; readonly reached: number; readonly at: number }
  /** Where the session listens for speech: its beginning and end, in ms from the start of the session's sound. */
  | {
      readonly from: 'detector'
      readonly speech: 'started' | 'stopped'
      readonly ms: number
      readonly at: number
    }
  /** Somebody else wrote to the conversation what is in nobody's way. */
  | { readonly from: 'store'; readonly entries: readonly ContextEntry[]; readonly at: number }
  /** What is known of the person has changed: by what was said here, or by others. */
  | {
      readonly from: 'person'
      readonly facts: readonly Fact[]
      readonly byOthers?: boolean
      readonly at: number
    }
  /** The summary that was asked for, `undefined` where it could not be had. */
  | { readonly from: 'summarizer'; readonly summary: ContextMaterial['summary']; readonly at: number }
  /** Words of a committed item, where the session has them written down. */
  | {
      readonly from: 'transcriber'
      readonly itemId: string
      readonly result: Transcription
      readonly at: number
    }

/** What the session wants done, in order. Client events wait for the store outputs before them. */
export type SessionOutput =
  | { readonly to: 'client'; readonly event: ServerEvent }
  | { readonly to: 'provider'; readonly event: ClientEvent }
  /** Asks for a successor; `cause` is why the session in use ended, `undefined` while it works. */
  | { readonly to: 'upstream'; readonly dial: { readonly cause: RealtimeError | undefined } }
  /** What is for the provider goes to the successor from here on. */
  | { readonly to: 'upstream'; readonly takeOver: true }
  /** Sound of the client once more, for a backend that has not heard it; `judged` where the session listens to it. */
  | { readonly to: 'upstream'; readonly resend: SoundSpan; readonly judged: boolean }
  | { readonly to: 'store'; readonly entries: readonly ContextEntry[] }
  | { readonly to: 'outbox'; readonly dropAudioOf: string }
  /** Asks for a `reached` at that time. */
  | { readonly to: 'clock'; readonly wakeAt: number }
  /** Keeps the sound of a committed item: the whole buffer, or the part of the session's sound it was cut from. */
  | { readonly to: 'recorder'; readonly keep: string; readonly span: SoundSpan | undefined }
  /** Has the kept sound of an item written down. */
  | { readonly to: 'transcriber'; readonly itemId: string; readonly language: string | undefined }
  /** Has the items that follow the summary so far taken into it. */
  | { readonly to: 'summarizer'; readonly request: SummaryRequest }
  | { readonly to: 'end'; readonly close: Close }

/** What became of a transcription of `seconds` of sound. */
export type Transcription =
  | { readonly text: string; readonly seconds: number }
  | { readonly error: RealtimeError }

/** A response between `response.created` and `response.done`. */
export interface ActiveResponse {
  readonly id: string
  readonly outOfBand: boolean
  /** What asked for it, `undefined` where the backend answered by itself. */
  readonly request: ResponseCreate | undefined
  /** Something of it was heard, read or called. */
  readonly produced: boolean
  /** Cancelled by the client or by the user's voice: what it still produces is dropped. */
  readonly silenced: boolean
  /** The session cancelled it because the user spoke. */
  readonly interrupted: boolean
  /** `event_id` the client gave its request. */
  readonly requestedBy: string | undefined
  /** Ids of all items it announced, in order. */
  readonly itemIds: readonly string[]
  /** Its items that are done. The backend tells that of the conversation apart, a moment earlier or later. */
  readonly finished: ReadonlyMap<string, Item>
  /** Ids of the function calls it made. */
  readonly calls: ReadonlySet<string>
  /** Items announced and not done, with the sound sent for them. */
  readonly open: ReadonlyMap<string, OpenItem>
}

/** An output item that is not closed. */
export interface OpenItem {
  readonly outputIndex: number
  readonly track: Track
  /** It stands in the conversation as it is; only its place in the response is open. */
  readonly isDone?: boolean
}

/** Formats of the client's and the backend's audio, one pair per direction. */
export interface AudioRoute {
  readonly client: AudioFormat
  readonly provider: AudioFormat
}

/** What the client asked for and the backend was not told, because the session supplies it. */
export interface Supplied {
  /** Turn detection the backend was told something else in place of. */
  readonly turnDetection: TurnDetection | undefined
  /** Set while the session itself listens for speech. */
  readonly listening: Listening | undefined
  /** Set while the session has speech written down by a second engine. */
  readonly transcription: InputTranscription | undefined
}

/** What an update changes here before the backend has agreed. */
export interface Settings {
  readonly input: AudioRoute
  readonly output: AudioRoute
  readonly supplied: Supplied
  /** Names by which `tool_choice` may name a tool. */
  readonly toolNames: ReadonlySet<string>
  /** All updates of the client merged, as it asked: what another backend is to be told. */
  readonly wanted: SessionConfig | undefined
}

/** A `session.update` the backend has not answered. */
export interface PendingUpdate {
  readonly event: SessionUpdate
  /** The session made it up: the client does not hear of the answer. */
  readonly own: boolean
  /** Settings to go back to when the backend refuses it. */
  readonly before: Settings
}

/** Client events that wait until the backend has acknowledged the first update. */
export interface Hold {
  /** Said to the backend before them: sound of the client that a lost backend had not answered. */
  readonly first?: readonly SessionOutput[] | undefined
  readonly events: readonly ClientEvent[]
  readonly bytes: number
  /** When waiting ends whatever the backend does. */
  readonly deadline: number
}

/** Everything a session knows. Plain data; `step` makes the next one. */
export interface SessionState {
  readonly phase: 'connecting' | 'open' | 'closed'
  readonly conversationId: string
  readonly capabilities: Capabilities
  /** The session in use at a backend. */
  readonly upstream: Upstream
  /** Set while there is none: what the client says waits. */
  readonly gap: Gap | undefined
  /** Set while the next one is prepared although this one works. */
  readonly succession: Succession | undefined
  /** How sessions at backends are replaced; without it a loss ends the session. */
  readonly recovery: RecoveryRules | undefined
  /** Set until a session that another process began goes on here. */
  readonly resuming: ResumedSession | undefined
  /** How often in a row an answer was asked for again of which nothing came. */
  readonly asksAgain: number
  /** Ends at the next end of a turn. */
  readonly leaving: boolean
  readonly conversation: Conversation
  readonly memory: Memory
  /** Ids of items the backend is being told again, whose echo the client must not see. */
  readonly seeded: ReadonlySet<string>
  /** Sound of finished spoken items, for truncation. */
  readonly tracks: ReadonlyMap<string, Track>
  /** The client tells what its player has played. */
  readonly acknowledges: boolean
  /** Interrupted answers of which the client has not said how much was heard, and until when it may (ms). */
  readonly unheard: ReadonlyMap<string, number>
  /** Items a truncation was asked for, and who knows how much was heard. */
  readonly truncating: ReadonlyMap<string, Cut['by']>
  /** Where the session itself had items cut at the backend (ms). */
  readonly ownTruncates: ReadonlyMap<string, number>
  readonly responses: ReadonlyMap<string, ActiveResponse>
  /** A `response.create` for the default conversation that the backend has not answered. */
  readonly requested:
    | {
        readonly eventId: string | undefined
        /** As the client or the session asked. */
        readonly event: ResponseCreate
        readonly cancelled?: 'client_cancelled' | 'turn_detected'
      }
    | undefined
  /** Responses that are over for the client while the backend still runs them. */
  readonly muted: ReadonlySet<string>
  /** Items of muted responses, of which the client hears no more. */
  readonly mutedItems: ReadonlySet<string>
  readonly settings: Settings
  /** The session as the backend last reported it. */
  readonly session: Session | undefined
  /** What the session is for; `supplied-transcription` is made of a spoken session that never answers. */
  readonly kind: SessionKind | undefined
  /** Longest wait for the answer to the first update (ms). */
  readonly updateTimeoutMs: number
  /** Speech can be written down by a second engine. */
  readonly canTranscribe: boolean
  readonly updates: readonly PendingUpdate[]
  readonly hold: Hold | undefined
  /** The first update was answered. */
  readonly configured: boolean
  /** Something was said or asked: some settings can no longer change on some backends. */
  readonly begun: boolean
  /** Events that wait for a running response to end, in order. */
  readonly waiting: readonly (ConversationItemCreate | ResponseCreate)[]
  /** Function calls with an output, and the event that brought it. */
  readonly answered: ReadonlyMap<string, string | undefined>
  /** Events the session made up, by id, until they are answered. */
  readonly own: ReadonlyMap<string, ClientEvent['type']>
  /** Speech under way or waiting for its commit. */
  readonly speech:
    | { readonly itemId: string; readonly span: SoundSpan | undefined; readonly startMs: number }
    | undefined
  /** Item ids the backend gave, and what the client was told before, both ways. */
  readonly aliases: Aliases
  /** The next committed item has this id for the client. */
  readonly announced: string | undefined
  /** Committed items whose words are to be written down once they are done. */
  readonly toTranscribe: ReadonlySet<string>
  /** The client knows that this backend forgets nothing. */
  readonly toldOfDeletion: boolean
  /** When silence of the user has lasted too long. */
  readonly idleAt: number | undefined
  /** Sound the client has sent in this session (ms). */
  readonly heardMs: number
  /** Sound in the input buffer since it was committed or cleared (ms). */
  readonly bufferedMs: number
  /** Turns of the user whose words are not known, by item, while they may have to be said again. */
  readonly wordless: ReadonlyMap<string, WordlessTurn>
  /** Speech of the user interrupts a running response. */
  readonly interrupts: boolean
  readonly playoutEndsAt: number
  readonly turns: number
  /** Makes ids unique across sessions of one conversation. */
  readonly idSeed: string
  readonly nextId: number
}

/** Kind of a session, fixed by its first update or when it is opened. */
export type SessionKind = 'realtime' | 'transcription' | 'supplied-transcription'

/** Two names for one item. */
export interface Aliases {
  readonly toClient: ReadonlyMap<string, string>
  readonly toBackend: ReadonlyMap<string, string>
}

/** A state and what to do about it. */
export interface Step {
  readonly state: SessionState
  readonly outputs: readonly SessionOutput[]
}

/** Longest wait for the answer to the first update, when nothing else is set (ms). */
export const defaultUpdateTimeoutMs = 10_000

/** Sound of the GA default: 16-bit PCM at 24 kHz. */
const defaultFormat: AudioFormat = { type: 'audio/pcm', rate: 24_000 }

/** The state before the backend's first event. */
export function initialState(options: {
  readonly capabilities: Capabilities
  readonly conversationId: string
  readonly items: readonly Item[]
  readonly memory?: Partial<Memory> | undefined
  readonly idSeed: string
  readonly canTranscribe?: boolean
  readonly updateTimeoutMs?: number | undefined
  readonly kind?: SessionKind | undefined
  readonly backend?: BackendInUse
  readonly recovery?: RecoveryRules | undefined
  readonly resumed?: ResumedSession | undefined
}): SessionState {
  return {
    phase: 'connecting',
    conversationId: options.conversationId,
    capabilities: options.capabilities,
    upstream: newUpstream(options.backend ?? { backend: 'backend', model: undefined }),
    gap: undefined,
    succession: undefined,
    recovery: options.recovery,
    resuming: options.resumed,
    asksAgain: 0,
    leaving: false,
    conversation: conversationOf(options.items),
    memory: { ...emptyMemory, ...options.memory },
    seeded: new Set(),
    tracks: new Map(),
    acknowledges: false,
    unheard: new Map(),
    truncating: new Map(),
    ownTruncates: new Map(),
    responses: new Map(),
    requested: undefined,
    muted: new Set(),
    mutedItems: new Set(),
    settings: {
      input: { client: defaultFormat, provider: defaultFormat },
      output: { client: defaultFormat, provider: defaultFormat },
      supplied: suppliedAtFirst(options.capabilities),
      toolNames: new Set(),
      wanted: options.resumed?.session,
    },
    session: undefined,
    kind: options.kind,
    updateTimeoutMs: options.updateTimeoutMs ?? defaultUpdateTimeoutMs,
    canTranscribe: options.canTranscribe ?? false,
    updates: [],
    hold: undefined,
    configured: false,
    begun: false,
    waiting: [],
    answered: new Map(),
    own: new Map(),
    speech: undefined,
    aliases: { toClient: new Map(), toBackend: new Map() },
    announced: undefined,
    toTranscribe: new Set(),
    toldOfDeletion: false,
    idleAt: undefined,
    heardMs: 0,
    bufferedMs: 0,
    wordless: new Map(),
    interrupts: true,
    playoutEndsAt: 0,
    turns: 0,
    idSeed: options.idSeed,
    nextId: 0,
  }
}

/** What the session supplies before the client has asked for anything. */
export function suppliedAtFirst({ turnDetection }: Capabilities): Supplied {
  return {
    turnDetection: undefined,
    // Turn detection is on unless the client says otherwise.
    listening: turnDetection.length === 0 ? listeningDefaults : undefined,
    transcription: undefined,
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

/** Tells the client what was left out or replaced; the session goes on. */
export function warn(state: SessionState, notices: readonly Notice[]): Step {
  return notices.reduce<Step>(({ state: before, outputs }, { message, param }) => {
    const { state: next, id } = takeId(before, 'event')
    const event = { type: 'warning', event_id: id, warning: { message, code: 'unsupported', param } } as const
    return { state: next, outputs: [...outputs, { to: 'client', event }] }
  }, nothing(state))
}

/** One step after another. */
export function andThen(first: Step, second: (state: SessionState) => Step): Step {
  const { state, outputs } = second(first.state)
  return { state, outputs: [...first.outputs, ...outputs] }
}

/** Tells the client. */
export function tell(state: SessionState, event: ServerEvent): Step {
  return { state, outputs: [{ to: 'client', event }] }
}
