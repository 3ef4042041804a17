/** A fact's origin. */
export interface ReferenceEvidence {
  readonly fields: readonly string[]
  readonly source: string
  readonly date: string
  readonly confidence: string
}

/** Prices in US dollars per million tokens, by kind of token. */
export type ReferencePrices = Readonly<Record<string, number>>

/** What a backend can do, as its provider declares it. */
export interface ReferenceCapabilities {
  readonly title: string
  readonly description: string
  /** `null` where there is no wire. */
  readonly dialect: string | null
  readonly models: readonly string[]
  readonly inputFormats: readonly string[]
  readonly outputFormats: readonly string[]
  readonly turnDetection: readonly string[]
  readonly manualTurns: boolean
  readonly turnsWithoutResponse: boolean
  readonly interruption: string
  readonly outputModalities: readonly string[]
  readonly inputModalities: readonly string[]
  readonly truncation: string
  readonly itemDeletion: string
  readonly historySeeding: string
  readonly tools: readonly string[]
  readonly inputTranscription: string
  readonly transcriptionModels: readonly string[]
  readonly transcriptionSessions: boolean
  readonly outOfBandResponses: boolean
  readonly responseOverrides: boolean
  readonly voices: readonly string[]
  readonly otherVoices: boolean
  /** `first-sound`: fixed once the backend has spoken. */
  readonly voiceLock: string
  readonly languages: readonly string[]
  readonly updatable: readonly string[]
  readonly sessionFields: readonly string[]
  readonly sessionExtensions: readonly string[]
  readonly responseExtensions: readonly string[]
  /** `null` without a limit, `unknown` where nobody says. */
  readonly sessionLimitMinutes: number | string | null
  /** `null` where it depends on the model. */
  readonly contextWindowTokens: number | null
  readonly priceKind: string
  readonly prices: Readonly<Record<string, ReferencePrices>>
  readonly local: boolean
  readonly evidence: readonly ReferenceEvidence[]
}

/** The longest session in words. */
export function limitText(minutes: ReferenceCapabilities['sessionLimitMinutes']): string {
  if (minutes === null) return 'No limit'
  return typeof minutes === 'number' ? `${minutes} minutes` : 'Not known to Parley'
}

/** One backend with what turns it on. */
export interface ReferenceBackend {
  readonly name: string
  /** Name for people, whatever it is set up with. */
  readonly title: string
  /** `null` for the local one, which is always there. */
  readonly setting: string | null
  readonly help: string | null
  readonly capabilities: ReferenceCapabilities
}

/** One event and what the flat dialects call it; `null` where they have none. */
export interface ReferenceEvent {
  readonly type: string
  readonly openaiBeta: string | null
  readonly voiceLive: string | null
}

/** One field of a flat dialect and where it goes inside Parley. */
export interface ReferenceField {
  readonly key: string
  readonly places: readonly string[]
}

/** What becomes of something a client's dialect has where the other side does not have it. */
export interface ReferenceLoss {
  readonly dialect: string
  readonly what: string
  readonly outcome: string
  /** What stands in its place, `null` where nothing does. */
  readonly how: string | null
  /** Names of the backends that do have it. */
  readonly backends: readonly string[]
}

/** Everything of this documentation that the code knows best. */
export interface Reference {
  readonly backends: readonly ReferenceBackend[]
  readonly clientEvents: readonly ReferenceEvent[]
  readonly serverEvents: readonly ReferenceEvent[]
  readonly sessionFields: Readonly<Record<'openai-beta' | 'voice-live', readonly ReferenceField[]>>
  readonly responseFields: Readonly<Record<'openai-beta' | 'voice-live', readonly ReferenceField[]>>
  readonly losses: readonly ReferenceLoss[]
  /** Events of the internal model that say nothing to Gemini. */
  readonly geminiOmits: readonly string[]
  /** Code of the connection page by name. */
  readonly snippets: Readonly<Record<string, string>>
}
