import { z } from 'zod'

const count = z.number().optional()

/** Media within a message: base64 text and its type, for example `audio/pcm;rate=24000`. */
export const Blob = z.looseObject({ data: z.string().optional(), mimeType: z.string().optional() })
export type Blob = z.infer<typeof Blob>

/** One piece of a turn: text, media, or a thought of the model. */
export const Part = z.looseObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  inlineData: Blob.optional(),
})
export type Part = z.infer<typeof Part>

/** A turn of the conversation; `role` is `user` or `model`. */
export const Content = z.looseObject({ role: z.string().optional(), parts: z.array(Part).optional() })
export type Content = z.infer<typeof Content>

/** Words of one side; it comes independently of the sound. */
export const Transcription = z.looseObject({ text: z.string().optional(), finished: z.boolean().optional() })
export type Transcription = z.infer<typeof Transcription>

/** What the model makes of the client's input, in small pieces. */
export const ServerContent = z.looseObject({
  modelTurn: Content.optional(),
  generationComplete: z.boolean().optional(),
  turnComplete: z.boolean().optional(),
  turnCompleteReason: z.string().optional(),
  interrupted: z.boolean().optional(),
  inputTranscription: Transcription.optional(),
  interimInputTranscription: Transcription.optional(),
  outputTranscription: Transcription.optional(),
})
export type ServerContent = z.infer<typeof ServerContent>

/** A call of a declared function; `args` is an object, not text. */
export const FunctionCall = z.looseObject({
  id: z.string().optional(),
  name: z.string(),
  args: z.record(z.string(), z.unknown()).optional(),
})
export type FunctionCall = z.infer<typeof FunctionCall>

const ModalityTokens = z.looseObject({ modality: z.string().optional(), tokenCount: count })

/** Tokens of a turn. `prompt` counts the whole context, cached or not. */
export const UsageMetadata = z.looseObject({
  promptTokenCount: count,
  promptTokensDetails: z.array(ModalityTokens).optional(),
  cachedContentTokenCount: count,
  cacheTokensDetails: z.array(ModalityTokens).optional(),
  responseTokenCount: count,
  responseTokensDetails: z.array(ModalityTokens).optional(),
  thoughtsTokenCount: count,
  toolUsePromptTokenCount: count,
  toolUsePromptTokensDetails: z.array(ModalityTokens).optional(),
  totalTokenCount: count,
})
export type UsageMetadata = z.infer<typeof UsageMetadata>

/** Anything Gemini Live says. One message may hold several of these keys. */
export const ServerMessage = z.looseObject({
  setupComplete: z.looseObject({ sessionId: z.string().optional() }).optional(),
  serverContent: ServerContent.optional(),
  toolCall: z.looseObject({ functionCalls: z.array(FunctionCall).optional() }).optional(),
  toolCallCancellation: z.looseObject({ ids: z.array(z.string()).optional() }).optional(),
  usageMetadata: UsageMetadata.optional(),
  goAway: z.looseObject({ timeLeft: z.string().optional() }).optional(),
  sessionResumptionUpdate: z
    .looseObject({ newHandle: z.string().optional(), resumable: z.boolean().optional() })
    .optional(),
  voiceActivity: z.looseObject({ voiceActivityType: z.string().optional() }).optional(),
  voiceActivityDetectionSignal: z.looseObject({ vadSignalType: z.string().optional() }).optional(),
})
export type ServerMessage = z.infer<typeof ServerMessage>

/** A function the model may call; `parametersJsonSchema` is a JSON Schema. */
export interface FunctionDeclaration {
  readonly name: string
  readonly description?: string
  readonly parametersJsonSchema?: unknown
  readonly behavior?: 'BLOCKING' | 'NON_BLOCKING'
}

/** Tools by kind. */
export interface ToolList {
  readonly functionDeclarations: readonly FunctionDeclaration[]
}

/** Text for the model that is no turn. */
export interface Instruction {
  readonly parts: readonly { readonly text: string }[]
}

/** How speech is written down; an empty object turns it on. */
export interface TranscriptionConfig {
  readonly languageCodes?: readonly string[]
  readonly customVocabulary?: readonly string[]
}

/** Speaks one language as another. */
export interface TranslationConfig {
  /** BCP 47 tag of the language to speak. */
  readonly targetLanguageCode: string
  /** Repeats what is said in the target language already. */
  readonly echoTargetLanguage?: boolean
}

/** The first message of a connection; what it says is fixed for as long as the connection lasts. */
export interface Setup {
  readonly model: string
  readonly generationConfig: {
    readonly responseModalities: readonly ['AUDIO']
    readonly temperature?: number
    readonly maxOutputTokens?: number
    readonly speechConfig?: {
      readonly voiceConfig: { readonly prebuiltVoiceConfig: { readonly voiceName: string } }
    }
    readonly translationConfig?: TranslationConfig
  }
  readonly systemInstruction?: Instruction
  readonly tools?: readonly ToolList[]
  readonly realtimeInputConfig: {
    readonly automaticActivityDetection: {
      readonly disabled?: boolean
      readonly startOfSpeechSensitivity?: 'START_SENSITIVITY_HIGH' | 'START_SENSITIVITY_LOW'
      readonly prefixPaddingMs?: number
      readonly silenceDurationMs?: number
    }
    readonly activityHandling: 'START_OF_ACTIVITY_INTERRUPTS' | 'NO_INTERRUPTION'
  }
  readonly inputAudioTranscription: TranscriptionConfig
  readonly outputAudioTranscription: TranscriptionConfig
  readonly sessionResumption: { readonly handle?: string }
  readonly contextWindowCompression: { readonly slidingWindow: Readonly<Record<never, never>> }
  readonly historyConfig?: { readonly initialHistoryInClientContent: true }
  readonly explicitVadSignal?: boolean
}

/** A piece of a turn the client sends. */
export type ClientPart =
  | { readonly text: string }
  | { readonly inlineData: { readonly mimeType: string; readonly data: string } }

/** A turn the client sends. */
export interface ClientTurn {
  readonly role: 'user' | 'model'
  readonly parts: readonly ClientPart[]
}

/** Input as it happens, one kind a message. */
export type RealtimeInput =
  | { readonly audio: { readonly mimeType: string; readonly data: string } }
  | { readonly video: { readonly mimeType: string; readonly data: string } }
  | { readonly text: string }
  | { readonly activityStart: Readonly<Record<never, never>> }
  | { readonly activityEnd: Readonly<Record<never, never>> }
  | { readonly audioStreamEnd: true }

/** The answer to one function call; without an id where the call had none. */
export interface FunctionResponse {
  readonly id?: string
  readonly name: string
  readonly response: Readonly<Record<string, unknown>>
}

/** Changes what the model is told while the connection lasts; an absent key keeps its value. */
export interface ContextUpdate {
  readonly systemInstruction?: Instruction
  readonly tools?: { readonly tools: readonly ToolList[] }
}

/** Anything Parley says to Gemini Live: exactly one of these keys a message. */
export type ClientMessage =
  | { readonly setup: Setup }
  | { readonly clientContent: { readonly turns?: readonly ClientTurn[]; readonly turnComplete: boolean } }
  | { readonly realtimeInput: RealtimeInput }
  | { readonly toolResponse: { readonly functionResponses: readonly FunctionResponse[] } }
  | { readonly contextUpdate: ContextUpdate }
