import type { Channel } from '../channel/channel.ts'
import type { Close } from '../channel/close.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { ConnectRequest, Provider } from '../providers/provider.ts'
import type { ContextStore } from '../storage/context-store.ts'

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
  /** Writes down speech where the backend does not; without it a request for transcripts is left out with a notice. */
  readonly transcriber?: Transcriber | undefined
  /** Hears speech where the backend does not. Default: by the level of the sound. */
  readonly speechDetector?: SpeechDetector | undefined
  readonly limits?: {
    /** Longest wait for the answer to the first `session.update`. Default 10,000. */
    readonly updateTimeoutMs?: number
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
