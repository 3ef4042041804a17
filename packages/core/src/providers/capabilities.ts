import type { DialectName } from '../events/extension.ts'
import type { ResponseExtension, SessionExtension } from '../events/extensions.ts'

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
  /** Name for people, for example `Ava`; absent where `name` is one. */
  readonly title?: string
  /** BCP 47 tags the voice speaks, first is its own. */
  readonly languages: readonly string[]
  readonly gender?: 'female' | 'male' | 'neutral'
  /** Engine or family that speaks it, for example `flite`, `neural`, `dragon-hd`. */
  readonly engine?: string
  /** Speaking styles the voice knows, for example `cheerful`. */
  readonly styles?: readonly string[]
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

/** Session fields that not every backend knows; what a backend lacks is removed with a warning. */
export type OptionalSessionField =
  | 'instructions'
  | 'tracing'
  | 'prompt'
  | 'truncation'
  | 'reasoning'
  | 'include'
  | 'max_output_tokens'
  | 'parallel_tool_calls'
  | 'tool_choice'
  | 'audio.input.noise_reduction'
  | 'audio.input.turn_detection.idle_timeout_ms'
  | 'audio.output.speed'

/** Prices in US dollars per million tokens; absent where the backend has no such tokens. */
export interface TokenPrices {
  readonly textIn?: number
  readonly textCachedIn?: number
  readonly textOut?: number
  readonly audioIn?: number
  readonly audioCachedIn?: number
  readonly audioOut?: number
  readonly imageIn?: number
  readonly imageCachedIn?: number
}

/** How a backend is paid for. */
export type PriceModel =
  | { readonly kind: 'free' }
  /** By tokens; keyed by model or tier, `*` for any model. */
  | { readonly kind: 'tokens'; readonly byModel: Readonly<Record<string, TokenPrices>> }
  /** Not known to Parley: it depends on a contract, or on who runs the server. */
  | { readonly kind: 'unknown' }

/** Where a fact about a backend comes from. */
export interface Evidence {
  readonly fields: readonly (keyof Capabilities)[]
  /** A document's address, a package with its version, or what was measured. */
  readonly source: string
  /** ISO 8601 day it was read or measured. */
  readonly date: string
  readonly confidence: 'documented' | 'measured' | 'third-party' | 'assumed'
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
  /** Wire it speaks: events of this dialect that Parley does not know pass through; `undefined` without a wire. */
  readonly dialect: DialectName | undefined
  readonly models: readonly string[]
  readonly inputFormats: readonly FormatCapability[]
  readonly outputFormats: readonly FormatCapability[]
  /** Kinds the backend has; empty means that the session listens and commits in its place. */
  readonly turnDetection: readonly ('server_vad' | 'semantic_vad')[]
  /** The backend heeds `turn_detection: null` (push to talk). */
  readonly manualTurns: boolean
  /** The backend heeds `create_response: false`. */
  readonly turnsWithoutResponse: boolean
  /** `native`: speech of the user or `response.cancel` stops an answer at the backend; `none`: only its sound is dropped. */
  readonly interruption: 'native' | 'none'
  readonly outputModalities: readonly ('audio' | 'text')[]
  /** Content part types a user message may hold. */
  readonly inputModalities: readonly ('text' | 'audio' | 'image')[]
  /** `native`: the backend applies `conversation.item.truncate` to its own context. */
  readonly truncation: 'native' | 'none'
  /** `native`: the backend forgets an item on `conversation.item.delete`. */
  readonly itemDeletion: 'native' | 'none'
  /**
   * How a new session is told of an earlier one. `items`: by `conversation.item.create`, notes as a system message;
   * `both`: what was said as items, notes in the instructions; `instructions`: all of it in the instructions.
   */
  readonly historySeeding: 'items' | 'instructions' | 'both' | 'none'
  readonly tools: readonly ('function' | 'mcp')[]
  /** `native`: the backend sends `input_audio_transcription` events. */
  readonly inputTranscription: 'native' | 'none'
  /** Models that write down speech, the default first; empty where any name is taken. */
  readonly transcriptionModels: readonly string[]
  /** Sessions that only write down speech. */
  readonly transcriptionSessions: boolean
  readonly outOfBandResponses: boolean
  /** `response.create` may override instructions, tools and the like for one response. */
  readonly responseOverrides: boolean
  readonly voices: readonly VoiceCapability[]
  /** `first-sound`: the voice is fixed once the backend has spoken in this session. */
  readonly voiceLock: 'first-sound' | 'none'
  /** Voices beyond `voices` may be named: the list is only known with a key, or custom ones exist. */
  readonly otherVoices: boolean
  readonly languages: readonly LanguageCapability[]
  /** Session fields that may change while connected. */
  readonly updatable: readonly ('instructions' | 'voice' | 'tools' | 'turn_detection' | 'output_modalities')[]
  /** Fields of the session object the backend knows beyond the ones every backend has. */
  readonly sessionFields: readonly OptionalSessionField[]
  readonly sessionExtensions: readonly SessionExtension[]
  readonly responseExtensions: readonly ResponseExtension[]
  /** Longest session in minutes, `undefined` where it is known that there is no limit. */
  readonly sessionLimitMinutes: number | 'unknown' | undefined
  /** Context window in tokens, `undefined` where it depends on the configured model. */
  readonly contextWindowTokens: number | undefined
  /** `ping`: WebSocket pings keep it open and find a dead peer; `none`: there is no wire. */
  readonly keepAlive: 'ping' | 'none'
  readonly price: PriceModel
  /** True when nothing leaves the machine. */
  readonly local: boolean
  /** Where these facts come from; a backend on this machine is its own evidence. */
  readonly evidence: readonly Evidence[]
}

/** What was said before can be told again with `conversation.item.create`. */
export function takesItems({ historySeeding }: Pick<Capabilities, 'historySeeding'>): boolean {
  return historySeeding === 'items' || historySeeding === 'both'
}
