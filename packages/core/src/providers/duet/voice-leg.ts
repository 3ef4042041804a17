import type { AudioPayload } from '../../events/audio-payload.ts'
import type { ExtensionEvent } from '../../events/extension.ts'
import type { SessionExtensions } from '../../events/extensions.ts'
import type { ResponseCreateParams, Usage } from '../../events/response.ts'
import type { AudioOutputConfig } from '../../events/session-config.ts'

/** How a duet speaks; an absent key keeps its value. */
export interface VoiceSettings {
  readonly output?: AudioOutputConfig | undefined
  /** BCP 47 tag of the conversation; an engine that is asked for no voice speaks with one that fits. */
  readonly language?: string | undefined
  /** Those of `voiceExtensions`. */
  readonly extensions?: SessionExtensions | undefined
}

/** One clause to speak. */
export interface SpeakRequest {
  readonly text: string
  /** First of an answer, which somebody waits for. */
  readonly opening: boolean
  /** Voice and format of this answer only. */
  readonly override: VoiceOverride | undefined
  /** Ends the speech quietly. */
  readonly signal: AbortSignal
}

/** What `response.create` may say about the voice of one answer. */
export type VoiceOverride = Pick<ResponseCreateParams, 'audio'> & {
  readonly extensions?: { readonly voice?: Readonly<Record<string, unknown>> }
}

/** A piece of spoken clause, in order. */
export type SpeechPart =
  /** In the output format of the settings. */
  | { readonly type: 'sound'; readonly audio: AudioPayload }
  /** What the voice says beside its sound, such as word times; ids are the voice's own. */
  | { readonly type: 'extension'; readonly event: ExtensionEvent }
  | { readonly type: 'usage'; readonly usage: Usage }

/** What speaks in a duet. One clause at a time. */
export interface VoiceLeg extends AsyncDisposable {
  /** As they are now. */
  readonly settings: VoiceSettings
  /** `false` while it is known to be lost: answers are written then. */
  readonly available: boolean
  /** Throws `RealtimeError` when the clause cannot be spoken. */
  speak(request: SpeakRequest): AsyncIterable<SpeechPart>
  /** Rejects with `RealtimeError` when the voice refuses; nothing changes then. */
  configure(settings: VoiceSettings): Promise<void>
}
