/** Audio format as named in a session object. */
export type AudioFormatName = 'audio/pcm' | 'audio/pcmu' | 'audio/pcma'

/** One accepted audio format and its rate in Hz. */
export interface FormatCapability {
  readonly type: AudioFormatName
  readonly rate: number
}

/** One voice a person can choose. */
export interface VoiceCapability {
  readonly name: string
  /** BCP 47 tags the voice speaks, first is its own. */
  readonly languages: readonly string[]
  readonly gender?: 'female' | 'male' | 'neutral'
  /** Engine that speaks it, for example `flite`. */
  readonly engine?: string
}

/** One language and what it needs before it works. */
export interface LanguageCapability {
  /** BCP 47 primary tag, for example `de`. */
  readonly code: string
  /** `ready` works now; `download` works after the named models were downloaded; `none` cannot be had. */
  readonly recognition: 'ready' | 'download' | 'none'
  readonly speech: 'ready' | 'download' | 'none'
  /** Ids of the models to download for what is not ready. */
  readonly downloads: readonly string[]
}

/**
 * What a backend can do, as a closed record. What is declared is proven by the provider suite; what is not
 * declared is supplied by the session or refused with `unsupported`.
 */
export interface Capabilities {
  /** Plain name shown to people. */
  readonly title: string
  /** One sentence that says what it is. */
  readonly description: string
  readonly models: readonly string[]
  readonly inputFormats: readonly FormatCapability[]
  readonly outputFormats: readonly FormatCapability[]
  readonly turnDetection: readonly ('server_vad' | 'semantic_vad')[]
  readonly outputModalities: readonly ('audio' | 'text')[]
  /** Content part types a user message may hold. */
  readonly inputModalities: readonly ('text' | 'audio' | 'image')[]
  /** `native`: the backend applies `conversation.item.truncate` to its own context. */
  readonly truncation: 'native' | 'none'
  /** `items`: history is replayed with `conversation.item.create`. */
  readonly historySeeding: 'items' | 'none'
  readonly tools: readonly ('function' | 'mcp')[]
  /** `native`: the backend sends `input_audio_transcription` events. */
  readonly inputTranscription: 'native' | 'none'
  readonly outOfBandResponses: boolean
  readonly voices: readonly VoiceCapability[]
  readonly languages: readonly LanguageCapability[]
  /** Session fields that may change while connected. */
  readonly updatable: readonly ('instructions' | 'voice' | 'tools' | 'turn_detection' | 'output_modalities')[]
  /** Longest session in minutes, `undefined` without a limit. */
  readonly sessionLimitMinutes: number | undefined
  /** Context window in tokens, `undefined` where it depends on the configured model. */
  readonly contextWindowTokens: number | undefined
  /** True when nothing leaves the machine. */
  readonly local: boolean
}
