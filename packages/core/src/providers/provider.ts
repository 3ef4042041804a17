import type { Channel } from '../channel/channel.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { Capabilities, VoiceCapability } from './capabilities.ts'

/** A connection to a backend: it yields server events and takes client events. */
export type ProviderChannel = Channel<ServerEvent, ClientEvent>

/** What a provider needs to open one session. */
export interface ConnectRequest {
  /** Model asked for after the backend's name, `undefined` for the backend's default. */
  readonly model: string | undefined
  /** Aborts the dial; the returned promise rejects. */
  readonly signal: AbortSignal
  /** `transcription` where the session only writes down speech. Default `conversation`. */
  readonly intent?: 'conversation' | 'transcription'
}

/** A sound that lets a person judge a voice. */
export interface VoiceSample {
  /** Media type, for example `audio/wav`. */
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The voices of a backend where they are more than `capabilities.voices`, or can be heard before a session. */
export interface VoiceCatalog {
  /**
   * All voices. Slow the first time, then kept; `onProgress` hears bytes so far and in total where that is known.
   * Rejects with `invalid_api_key` or `backend_unavailable`.
   */
  list(options: {
    readonly signal: AbortSignal
    readonly onProgress?: (progress: {
      readonly received: number
      readonly total: number | undefined
    }) => void
  }): Promise<readonly VoiceCapability[]>
  /** Speaks a sentence; absent where a backend can only speak inside a session. */
  sample?(options: {
    readonly voice: string
    readonly text: string
    readonly language: string | undefined
    readonly signal: AbortSignal
  }): Promise<VoiceSample>
}

/** Knows where a backend is and what it can do; one object serves every session. */
export interface Provider {
  /** Name used in `?model=<name>[/model]`. */
  readonly name: string
  /** Of the default model. */
  readonly capabilities: Capabilities
  /** Of another model of this backend, where models differ. */
  readonly capabilitiesFor?: (model: string | undefined) => Capabilities
  readonly voices?: VoiceCatalog
  /** Resolves with a channel whose first event is `session.created`; rejects with `RealtimeError`. */
  connect(request: ConnectRequest): Promise<ProviderChannel>
}
