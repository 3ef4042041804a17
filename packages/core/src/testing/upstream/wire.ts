import type { EventSchemas } from './rules/client-events.ts'
import type { Refusal } from './rules/refusal.ts'
import type { SoundFormat } from './sound.ts'

/** A JSON object as it is on the wire. */
export type WireObject = Readonly<Record<string, unknown>>

/** The wires this upstream stands in for. */
export type WireName = 'openai' | 'azure-openai' | 'azure-openai-preview' | 'voice-live'

/** What a client asked for when it opened the connection. */
export interface Handshake {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly protocols: readonly string[]
}

/** What the account behind the stand-in has. */
export interface Account {
  readonly key: string
  /** Entra token taken as bearer at Azure. */
  readonly token?: string | undefined
  /** Deployment names at Azure; any name is taken without it. */
  readonly deployments?: readonly string[] | undefined
  /** Names of transcription deployments at Azure; without it only OpenAI's model ids are refused. */
  readonly transcriptionDeployments?: readonly string[] | undefined
  /** Managed or OpenAI models; the documented ones without it. */
  readonly models?: readonly string[] | undefined
  /** Voices of a service that speaks GA, the default first; OpenAI's without it. */
  readonly voices?: readonly string[] | undefined
}

/** What a model is made of: its own ears and voice, or recognition and synthesis around a text model. */
export type ModelKind = 'openai-native' | 'native' | 'cascaded'

/** What the rules need to know of the model. */
export interface ModelTraits {
  readonly kind: ModelKind
  /** An agent stands in the model's place. */
  readonly agent: boolean
  /** It takes a reasoning effort. */
  readonly reasons: boolean
  /** It reaches MCP servers. */
  readonly mcp: boolean
}

/** Taken: the session to begin with. Refused: by HTTP status, or by an `error` event and a close after the upgrade. */
export type Admission =
  | { readonly kind: 'session'; readonly session: WireObject; readonly traits: ModelTraits }
  | { readonly kind: 'http'; readonly status: number; readonly code: string; readonly message: string }
  | {
      readonly kind: 'close'
      readonly code: string
      readonly message: string
      readonly event: boolean
      readonly close: number
      readonly reason: string
    }

/** Server voice activity as the session has it, times in ms. */
export interface TurnDetection {
  readonly threshold: number
  readonly prefixPaddingMs: number
  readonly silenceMs: number
  readonly createResponse: boolean
  readonly interruptResponse: boolean
  readonly idleTimeoutMs?: number | undefined
  readonly autoTruncate: boolean
}

/** A session, or a session with the overrides of one response, as the engine reads it. */
export interface Settings {
  readonly transcriptionOnly: boolean
  readonly sound: boolean
  readonly inputFormat: SoundFormat
  readonly outputFormat: SoundFormat
  readonly voice: string
  readonly instructions: string
  readonly tools: readonly WireObject[]
  readonly toolChoice: unknown
  readonly turnDetection: TurnDetection | undefined
  readonly transcription: boolean
  readonly maxOutputTokens: number
  readonly wordTimestamps: boolean
  readonly visemes: boolean
  readonly blendshapes?: boolean
}

/** What a `response.create` asks for. */
export interface ResponseRequest {
  readonly settings: Settings
  readonly outOfBand: boolean
  /** Cancels the running response instead of being refused. */
  readonly cancelsPrevious: boolean
  /** Replaces the conversation as context. */
  readonly input?: readonly WireObject[] | undefined
  /** Context after the conversation, for this response only. */
  readonly appended?: readonly WireObject[] | undefined
  /** Said as it is, without a model. */
  readonly verbatim?: string | undefined
  readonly metadata: unknown
  /** Fields of the response object that tell its settings, in the wire's own names. */
  readonly shown: WireObject
}

/** What the rules of a session update may look at. */
export interface UpdateView {
  readonly session: WireObject
  readonly update: WireObject
  /** An answer with sound was given. */
  readonly hasSpoken: boolean
  readonly traits: ModelTraits
}

/** One service: how it is dialled, what it takes and how it writes. */
export interface Wire {
  readonly name: WireName
  admit(handshake: Handshake, account: Account, violate: (rule: string) => void): Admission
  /** Strict schemas of the client events, for the connection's api-version. */
  schemas(handshake: Handshake, account: Account): EventSchemas
  /** Rules that a schema cannot hold. */
  checkUpdate(view: UpdateView): Refusal | undefined
  checkResponse(response: WireObject, view: Omit<UpdateView, 'update'>): Refusal | undefined
  /** What an update asks for in vain, said as a `warning`. */
  warnings?(update: WireObject, traits: ModelTraits): readonly WireObject[]
  /** Rules of items that a schema cannot hold. */
  checkItem?(item: WireObject, traits: ModelTraits): Refusal | undefined
  merge(session: WireObject, update: WireObject): WireObject
  settings(session: WireObject): Settings
  request(session: WireObject, event: WireObject): ResponseRequest
  /** A GA event of the engine as this wire writes it: none, one or several events. */
  write(event: WireObject): readonly WireObject[]
}
