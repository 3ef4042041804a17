import type {
  ConversationItemCreate,
  ConversationItemDelete,
  ConversationItemTruncate,
  InputAudioBufferCommit,
  ResponseCreate,
  SessionUpdate,
} from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { SessionMigrated } from '../../events/parley-events.ts'
import type { SessionCreated } from '../../events/server-events.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import type { SoundSpan } from '../listening/sound-span.ts'

/** A backend and its model by name. */
export interface BackendInUse {
  readonly backend: string
  /** `undefined` for the backend's default. */
  readonly model: string | undefined
}

/** A session at a backend that is open, and of which nothing was used yet. */
export interface Successor extends BackendInUse {
  readonly capabilities: Capabilities
  readonly created: SessionCreated
}

/** Times of `RecoveryOptions` that decide when a session at a backend is replaced (ms). */
export interface RecoveryRules {
  readonly leadMs: number
  readonly marginMs: number
  readonly silenceMs: number
}

/** A commit the backend has not answered. */
export interface PendingCommit {
  readonly event: InputAudioBufferCommit
  /** What it commits, in ms of the session's sound. */
  readonly span: SoundSpan
}

/** A turn of the user whose words are not known. */
export interface WordlessTurn {
  /** In ms of the session's sound. */
  readonly span: SoundSpan
  /** A transcript is still to come. */
  readonly due: boolean
}

/** What is known of one session at a backend. */
export interface Upstream extends BackendInUse {
  /** When it ends by a known limit, on the session's clock. */
  readonly endsAt: number | undefined
  /** Length of the client's sound before the first that this session was sent (ms). */
  readonly offsetMs: number
  /** It has spoken. */
  readonly spoken: boolean
  /** Changes to the conversation it has not acknowledged, in order. */
  readonly sent: readonly SentChange[]
  /** Items it has committed and not finished. */
  readonly committed: readonly string[]
  readonly commits: readonly PendingCommit[]
  /** When it committed a turn that it will answer by itself. */
  readonly answersSince: number | undefined
  /** Set while an answer is due: since when it has said nothing, and when to look again. */
  readonly silence: { readonly since: number; readonly wakeAt: number } | undefined
  /** Items of the conversation it does not hold. */
  readonly untold: ReadonlySet<string>
  /** Items it holds as text only, so that there is no sound to cut, as they were told. */
  readonly retold: ReadonlyMap<string, Item>
  /** Of those, the ones it is to forget because they are told again. */
  readonly retelling: ReadonlySet<string>
  /** Turns that were said to it again and are not committed; the client knows them. */
  readonly resaid: readonly ResaidTurn[]
  /** Speech under way when it took over: it has to be heard again under this id, which the client knows. */
  readonly resumedSpeech: { readonly itemId: string; readonly startMs: number } | undefined
}

/** A change to the conversation on its way. */
export type SentChange = ConversationItemCreate | ConversationItemDelete | ConversationItemTruncate

/** A turn that is said again. */
export interface ResaidTurn {
  readonly itemId: string
  /** The backend has found its end by itself, so that it answers by itself, too. */
  readonly ended: boolean
}

/** A time without a session at a backend. */
export interface Gap {
  readonly reason: SessionMigrated['reason']
  /** The answer that was cut off. */
  readonly unfinishedItemId: string | null
  /** Asks again for the answer that is owed. */
  readonly answer: ResponseCreate | undefined
  /** The client waits for the answer to an update, which it gave this `event_id`. */
  readonly update: { readonly eventId: string | undefined } | undefined
}

/** The next session, prepared while the present one works. */
export interface Succession {
  readonly reason: 'limit' | 'notice' | 'settings'
  /** `undefined` until it is there. */
  readonly successor: Successor | undefined
  /** When the change waits for the end of a turn no longer. */
  readonly latestAt: number
  /** What the client has asked for and only the next session can have. */
  readonly update?: SessionUpdate
}

/** A session at a backend of which nothing is known yet. */
export function newUpstream({ backend, model }: BackendInUse): Upstream {
  return {
    backend,
    model,
    endsAt: undefined,
    offsetMs: 0,
    spoken: false,
    sent: [],
    committed: [],
    commits: [],
    answersSince: undefined,
    silence: undefined,
    untold: new Set(),
    retold: new Map(),
    retelling: new Set(),
    resaid: [],
    resumedSpeech: undefined,
  }
}
