import type { Channel } from '../channel/channel.ts'
import type { Close } from '../channel/close.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ContextOptions, Fact } from '../context/context-plan.ts'
import type { Item } from '../events/items.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { SessionConfig } from '../events/session-config.ts'
import type { ConnectRequest, Provider } from '../providers/provider.ts'
import type { ContextEntry, ContextStore } from '../storage/context-store.ts'

/** A connected client: it yields client events and takes server events. */
export type ClientChannel = Channel<ClientEvent, ServerEvent>

/** Sound as 32-bit samples in [-1, 1], one channel. */
export interface Samples {
  readonly samples: Float32Array
  /** Hz. */
  readonly sampleRate: number
}

/** A speech recogniser for backends that do not write down what the user says. */
export interface Transcriber {
  /** Longest sound of one call in seconds; longer speech is given in parts. Absent without a limit. */
  readonly maxSeconds?: number
  /** Rejects with a `RealtimeError` that may be told to the client. */
  transcribe(sound: Samples, options: TranscriberOptions): Promise<{ readonly text: string }>
}

/** Options of one transcription. */
export interface TranscriberOptions {
  /** BCP 47 tag the client named, `undefined` for the engine's default. */
  readonly language: string | undefined
  /** False: the sound is final. */
  readonly speculative: boolean
  readonly signal: AbortSignal
}

/** Hears speech for backends that cannot; any voice activity detector of a cascade fits. */
export interface SpeechDetector {
  /** Samples of one frame at 16 kHz. */
  readonly frameSamples: number
  /** One stream for each session. */
  open(): SpeechStream
}

/** Speech probabilities of consecutive frames. */
export interface SpeechStream {
  /** Takes exactly `frameSamples` samples at 16 kHz and answers in order with a probability in [0, 1]. */
  push(frame: Float32Array): number | Promise<number>
  /** Forgets the past. */
  reset(): void
  [Symbol.asyncDispose]?(): PromiseLike<void>
}

/** A backend with the model asked of it. */
export interface Backend {
  readonly provider: Provider
  /** `undefined` for the backend's default. */
  readonly model: string | undefined
}

/** How an upstream session that ends, or is about to, is replaced. */
export interface RecoveryOptions {
  /** Dials after a loss before the session gives up, over all backends. 0 ends the session with its upstream. */
  readonly maxTries: number
  /**
   * Wait before a backend is dialled a second time (ms); it doubles with each further one, up to `maxDelayMs`, and
   * varies by `random`.
   */
  readonly baseDelayMs: number
  readonly maxDelayMs: number
  /** How long before a known limit the next upstream session is dialled (ms). */
  readonly leadMs: number
  /** The change waits for the end of a turn, at most until this long before the limit (ms). */
  readonly marginMs: number
  /** A backend on the network that says nothing for so long although it has to answer is lost (ms). */
  readonly silenceMs: number
  /** In [0, 1). */
  readonly random: () => number
}

/** What another process needs to go on with a session. JSON. */
export interface SessionSnapshot {
  /** What the client has asked for so far, all updates merged; `undefined` before the first. */
  readonly session: SessionConfig | undefined
  /** Names of the backend in use and of its model. */
  readonly backend: string
  readonly model: string | undefined
}

/** A session of another process that goes on here. */
export interface ResumedSession extends SessionSnapshot {
  /** The answer that was cut off with that process and is stored as far as it was told. */
  readonly unfinishedItemId?: string | undefined
}

/** Where a session stands, for whoever keeps what is needed to go on with it elsewhere. */
export interface SessionProgressNote {
  /** Client events taken so far. */
  readonly taken: number
  /** Of those, how many have nothing left that only this process knows: what they led to is stored. */
  readonly durable: number
  readonly snapshot: SessionSnapshot
}

/** Writes a summary of the older part of a conversation. */
export interface Summarizer {
  /** The model's name. */
  readonly name: string
  /** The summary so far and the items that follow it become the new one. Rejects with a `RealtimeError`. */
  summarize(request: {
    readonly previous: string | undefined
    readonly items: readonly Item[]
    readonly maxTokens: number
    readonly signal: AbortSignal
  }): Promise<string>
}

/** Somebody of whom facts are kept. */
export interface KnownPerson {
  readonly facts: readonly Fact[]
  /** Takes what the person said; gives all that is known then. Never rejects. */
  learn(said: string): Promise<readonly Fact[]>
}

/** What others changed of what a running session remembers. */
export type MemoryChange =
  /** Written to the conversation. */
  | { readonly entries: readonly ContextEntry[] }
  /** All that is known of the person now. */
  | { readonly person: readonly Fact[] }

/** Everything a session touches. */
export interface SessionPorts extends Backend {
  readonly client: ClientChannel
  /** Take over, in this order and in a circle, when a backend refuses, ends or dies. */
  readonly failover?: readonly Backend[] | undefined
  /** Default: 8 tries from 250 ms to 5 s, 60 s lead, 5 s margin, 20 s of silence. */
  readonly recovery?: Partial<RecoveryOptions> | undefined
  /** How much a new upstream session is told. Default: `summary` in 8,000 tokens. */
  readonly context?: ContextOptions | undefined
  /** Who speaks, where facts about them are kept beyond this conversation. */
  readonly person?: KnownPerson | undefined
  /** Tells what others change of what is remembered; gives the way to end that. */
  readonly onMemoryChange?: ((changed: (change: MemoryChange) => void) => () => void) | undefined
  /** Writes summaries while the session runs; without it sentences are taken when a plan needs them. */
  readonly summarizer?: Summarizer | undefined
  /** How long the client has been away while its session waits for it (ms); 0 while it is there. Default 0. */
  readonly awayForMs?: (() => number) | undefined
  /** Keeps the sound of items in the store. Default false. */
  readonly keepAudio?: boolean | undefined
  /** Goes on with a session of another process: the client knows it already and is told `parley.session.migrated`. */
  readonly resumed?: ResumedSession | undefined
  /** Ends the session at the next end of a turn; its `reason` is a `RealtimeError` for the log, not told. */
  readonly leave?: AbortSignal | undefined
  /** Told what was thrown inside the session, which ends by it. */
  readonly onFault?: ((thrown: unknown) => void) | undefined
  /** Told whenever a field of the note has changed. */
  readonly onProgress?: ((note: SessionProgressNote) => void) | undefined
  /** What the client connected for. Default `conversation`. */
  readonly intent?: ConnectRequest['intent']
  /** A `WriteBehind` lets sessions go on while the store is gone, and keeps what they said after their end. */
  readonly store: ContextStore
  readonly conversationId: string
  /** Nothing is stored under the id, so that the store need not be asked. Default false. */
  readonly isNew?: boolean | undefined
  /** Clock in ms. */
  readonly now: () => number
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
  /** Ends the session; its `reason`, when a `RealtimeError`, is told to the client. */
  readonly signal: AbortSignal
  /** Writes down speech where the backend does not; without it a request for transcripts is left out with a notice. */
  readonly transcriber?: Transcriber | undefined
  /** Hears speech where the backend does not. Default: by the level of the sound. */
  readonly speechDetector?: SpeechDetector | undefined
  readonly limits?: {
    /** Longest wait for the answer to the first `session.update`. Default 10,000. */
    readonly updateTimeoutMs?: number
    /** Longest time an acknowledgement waits for the store before it goes out as not stored. Default 250. */
    readonly storePatienceMs?: number
  }
}

/** How a session went. */
export interface SessionSummary {
  readonly conversationId: string
  /** Responses of the default conversation that ended. */
  readonly turns: number
  readonly durationMs: number
  readonly close: Close
}
