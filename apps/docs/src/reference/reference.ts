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

/** A field of an event of Parley's own. */
export interface ReferenceOwnField {
  readonly name: string
  /** Words it may be, or what kind of value it is. */
  readonly values: readonly string[]
  readonly optional: boolean
}

/** An event of Parley's own, without its `type` and `event_id`. */
export interface ReferenceOwnEvent {
  readonly type: string
  /** Who sends it, `client` or `server`. */
  readonly from: string
  readonly fields: readonly ReferenceOwnField[]
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

/** A route of the gateway; parts of the path that begin with a colon stand for something. */
export interface ReferenceRoute {
  readonly method: string
  readonly path: string
}

/** A row of the error table. */
export interface ReferenceError {
  readonly code: string
  readonly type: string
  readonly status: number
  readonly closeCode: number
  readonly retryable: boolean
}

/** What a measure is called and what it measures. */
export interface ReferenceDefinition {
  readonly title: string
  readonly definition: string
}

/** A measure of a comparison. */
export interface ReferenceMeasure {
  readonly name: string
  readonly unit: string
  readonly better: string
  readonly en: ReferenceDefinition
  readonly de: ReferenceDefinition
}

/** A metric for Prometheus. */
export interface ReferenceMetric {
  readonly name: string
  readonly kind: string
  readonly help: string
  readonly labels: readonly string[]
  /** Upper bounds of a histogram. */
  readonly buckets: readonly number[] | null
}

/** A clause of the conformance checks. */
export interface ReferenceClause {
  readonly id: string
  readonly level: string
  readonly title: string
  readonly source: { readonly title: string; readonly url: string }
  readonly dialects: readonly string[]
  readonly needs: readonly string[]
}

/** A command of `parley`. */
export interface ReferenceCommand {
  /** Without `parley`: `compare`, `scenarios list`. */
  readonly name: string
  readonly usage: string
  readonly description: string
  readonly arguments: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly {
    readonly flags: string
    readonly description: string
    /** Empty where anything may be given. */
    readonly choices: readonly string[]
    /** What holds without it, empty for nothing. */
    readonly usual: string
  }[]
}

/** A scenario that is shipped, as it is written. */
export interface ReferenceScenario {
  readonly name: string
  readonly title: string
  readonly description: string
  /** YAML. */
  readonly text: string
}

/** The keys a scenario file may have; each step is named by one key and may have others. */
export interface ReferenceScenarioSchema {
  readonly keys: readonly string[]
  readonly required: readonly string[]
  readonly steps: readonly {
    readonly name: string
    readonly keys: readonly string[]
    readonly required: readonly string[]
  }[]
}

/** Everything of this documentation that the code knows best. */
export interface Reference {
  readonly backends: readonly ReferenceBackend[]
  readonly routes: readonly ReferenceRoute[]
  readonly errors: readonly ReferenceError[]
  readonly measures: readonly ReferenceMeasure[]
  readonly metrics: readonly ReferenceMetric[]
  /** What each label of a metric holds. */
  readonly labels: Readonly<Record<string, string>>
  readonly clauses: readonly ReferenceClause[]
  readonly commands: readonly ReferenceCommand[]
  readonly scenarios: readonly ReferenceScenario[]
  readonly scenarioSchema: ReferenceScenarioSchema
  readonly clientEvents: readonly ReferenceEvent[]
  readonly serverEvents: readonly ReferenceEvent[]
  readonly ownEvents: readonly ReferenceOwnEvent[]
  /** Fields of the report on what a backend was told. */
  readonly contextReport: readonly ReferenceOwnField[]
  readonly sessionFields: Readonly<Record<'openai-beta' | 'voice-live', readonly ReferenceField[]>>
  readonly responseFields: Readonly<Record<'openai-beta' | 'voice-live', readonly ReferenceField[]>>
  readonly losses: readonly ReferenceLoss[]
  /** Events of the internal model that say nothing to Gemini. */
  readonly geminiOmits: readonly string[]
  /** Code of the connection page by name. */
  readonly snippets: Readonly<Record<string, string>>
}
