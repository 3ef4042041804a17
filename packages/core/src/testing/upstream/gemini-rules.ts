import type {
  AutomaticActivityDetection,
  Content,
  ContextWindowCompressionConfig,
  FunctionDeclaration,
  FunctionResponse,
  GenerationConfig,
  HistoryConfig,
  LiveClientContent,
  LiveClientContextUpdate,
  LiveClientMessage,
  LiveClientRealtimeInput,
  LiveClientSetup,
  LiveClientToolResponse,
  Part,
  RealtimeInputConfig,
  SessionResumptionConfig,
  SpeechConfig,
  Tool,
  TranslationConfig,
  AudioTranscriptionConfig,
  VoiceConfig,
  PrebuiltVoiceConfig,
} from '@google/genai'
import { z } from 'zod'

/** A strict object whose keys must be keys of the vendor's type. */
function strict<T>() {
  return <S extends z.core.$ZodLooseShape>(shape: S & Record<Exclude<keyof S, keyof T>, never>) =>
    z.strictObject<S>(shape)
}

const base64 = z.base64()
const naturalNumber = z.int().min(0)

const blob = z.strictObject({ mimeType: z.string(), data: base64 })
const pcm = z
  .strictObject({
    mimeType: z.string().regex(/^audio\/pcm;rate=(8000|16000|24000|44100|48000)$/),
    data: base64,
  })
  .refine(({ data }) => Buffer.from(data, 'base64').byteLength % 2 === 0, 'half a sample')
const image = z.strictObject({ mimeType: z.enum(['image/jpeg', 'image/png', 'image/webp']), data: base64 })

const part = strict<Part>()({ text: z.string().optional(), inlineData: blob.optional() }).refine(
  (fields) => Object.keys(fields).length === 1,
  'a part has exactly one field',
)
const content = strict<Content>()({ role: z.enum(['user', 'model']), parts: z.array(part).min(1) })
const instruction = strict<Content>()({
  role: z.literal('user').optional(),
  parts: z.array(strict<Part>()({ text: z.string() })).min(1),
})

const declaration = strict<FunctionDeclaration>()({
  name: z.string().regex(/^[A-Za-z_][\w.:-]{0,127}$/),
  description: z.string().optional(),
  parametersJsonSchema: z.looseObject({ type: z.literal('object').optional() }).optional(),
  behavior: z.enum(['BLOCKING', 'NON_BLOCKING']).optional(),
})
const tools = z
  .array(strict<Tool>()({ functionDeclarations: z.array(declaration).min(1) }))
  .refine((list) => {
    const names = list.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name))
    return new Set(names).size === names.length
  }, 'function names are unique')

const transcription = strict<AudioTranscriptionConfig>()({
  languageCodes: z.array(z.string()).optional(),
  customVocabulary: z.array(z.string()).optional(),
})

const detection = strict<AutomaticActivityDetection>()({
  disabled: z.boolean().optional(),
  startOfSpeechSensitivity: z.enum(['START_SENSITIVITY_HIGH', 'START_SENSITIVITY_LOW']).optional(),
  endOfSpeechSensitivity: z.enum(['END_SENSITIVITY_HIGH', 'END_SENSITIVITY_LOW']).optional(),
  prefixPaddingMs: naturalNumber.optional(),
  silenceDurationMs: naturalNumber.optional(),
}).refine((fields) => !fields.disabled || Object.keys(fields).length === 1, 'settings of disabled detection')

const setup = strict<LiveClientSetup>()({
  model: z
    .string()
    .regex(/^(models\/[\w.-]+|projects\/[^/]+\/locations\/[^/]+\/publishers\/google\/models\/[\w.-]+)$/),
  generationConfig: strict<GenerationConfig>()({
    responseModalities: z.array(z.enum(['AUDIO', 'TEXT'])).length(1),
    temperature: z.number().min(0).max(2).optional(),
    maxOutputTokens: z.int().min(1).max(65_536).optional(),
    speechConfig: strict<SpeechConfig>()({
      voiceConfig: strict<VoiceConfig>()({
        prebuiltVoiceConfig: strict<PrebuiltVoiceConfig>()({ voiceName: z.string() }),
      }).optional(),
      languageCode: z.string().optional(),
    }).optional(),
    translationConfig: strict<TranslationConfig>()({
      targetLanguageCode: z.string(),
      echoTargetLanguage: z.boolean().optional(),
    }).optional(),
  }).optional(),
  systemInstruction: instruction.optional(),
  tools: tools.optional(),
  realtimeInputConfig: strict<RealtimeInputConfig>()({
    automaticActivityDetection: detection.optional(),
    activityHandling: z.enum(['START_OF_ACTIVITY_INTERRUPTS', 'NO_INTERRUPTION']).optional(),
  }).optional(),
  inputAudioTranscription: transcription.optional(),
  outputAudioTranscription: transcription.optional(),
  sessionResumption: strict<SessionResumptionConfig>()({ handle: z.string().min(1).optional() }).optional(),
  contextWindowCompression: strict<ContextWindowCompressionConfig>()({
    slidingWindow: z.strictObject({ targetTokens: z.string().optional() }),
    triggerTokens: z.string().optional(),
  }).optional(),
  historyConfig: strict<HistoryConfig>()({ initialHistoryInClientContent: z.boolean() }).optional(),
  explicitVadSignal: z.boolean().optional(),
})

const clientContent = strict<LiveClientContent>()({
  turns: z.array(content).min(1).optional(),
  turnComplete: z.boolean().optional(),
})

const realtimeInput = strict<LiveClientRealtimeInput>()({
  audio: pcm.optional(),
  video: image.optional(),
  text: z.string().min(1).optional(),
  activityStart: z.strictObject({}).optional(),
  activityEnd: z.strictObject({}).optional(),
  audioStreamEnd: z.literal(true).optional(),
}).refine((fields) => Object.keys(fields).length === 1, 'one kind of input a message')

const toolResponse = strict<LiveClientToolResponse>()({
  functionResponses: z
    .array(
      strict<FunctionResponse>()({
        id: z.string(),
        name: z.string(),
        response: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1),
})

const contextUpdate = strict<LiveClientContextUpdate>()({
  systemInstruction: instruction.optional(),
  tools: z.strictObject({ tools }).optional(),
}).refine((fields) => Object.keys(fields).length > 0, 'an update of nothing')

const messageSchemas = { setup, clientContent, realtimeInput, toolResponse, contextUpdate } satisfies Record<
  keyof LiveClientMessage,
  z.ZodType
>

/** The settings of a session as the stand-in took them. */
export type GeminiSetup = z.infer<typeof setup>

/** A client message that follows the documented shape. */
export type GeminiClientMessage = {
  [Key in keyof typeof messageSchemas]: {
    readonly kind: Key
    readonly value: z.infer<(typeof messageSchemas)[Key]>
  }
}[keyof typeof messageSchemas]

/** How the service ends a connection that broke a rule. */
export interface GeminiClose {
  readonly code: number
  readonly reason: string
  /** What a test wants to read. */
  readonly rule: string
}

/** Reads one frame of a client: the message, or the close that answers it. */
export function readClientMessage(text: string): GeminiClientMessage | GeminiClose {
  const parsed = parseJson(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return invalid('no JSON object')
  const [kind, ...more] = Object.keys(parsed)
  if (kind === undefined || more.length > 0) return invalid('exactly one top-level key a message')
  if (!isKind(kind)) {
    const reason = `Invalid JSON payload received. Unknown name "${kind}": Cannot find field.`
    return { code: 1007, reason, rule: `no message '${kind}'` }
  }
  const value: unknown = Reflect.get(parsed, kind)
  const result = messageSchemas[kind].safeParse(value)
  if (!result.success) {
    const issue = result.error.issues[0]
    return invalid(`${[kind, ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message ?? 'invalid'}`)
  }
  // The schema of this kind has read this value.
  return { kind, value: result.data } as GeminiClientMessage
}

function isKind(key: string): key is keyof typeof messageSchemas {
  return Object.hasOwn(messageSchemas, key)
}

/** The service's words for whatever it does not want to explain. */
export function invalid(rule: string): GeminiClose {
  return { code: 1007, reason: 'Request contains an invalid argument.', rule }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
