import { RealtimeError } from '../../errors.ts'
import type { TurnDetection } from '../../events/audio-config.ts'
import type { SessionExtensions } from '../../events/extensions.ts'
import type { ResponseCreateParams } from '../../events/response.ts'
import type {
  AudioInputConfig,
  RealtimeSession,
  RealtimeSessionConfig,
  SessionConfig,
  TranscriptionSession,
  TranscriptionSessionConfig,
} from '../../events/session-config.ts'
import type { Tool, ToolChoice } from '../../events/tools.ts'
import type { FunctionTool, LanguageModelRequest } from './stages.ts'
import { requireDetection } from './turn-detection.ts'

/** Rate of PCM in both directions on our wire (Hz). */
export const wireRate = 24_000

/** How strongly noise is taken out of what the detector hears: 0 to 1, `undefined` = not at all. */
export function noiseReductionOf(session: RealtimeSession): number | undefined {
  if (session.extensions?.input_audio_noise_reduction) return 1
  const reduction = session.audio?.input?.noise_reduction
  return reduction ? Math.min(1, Math.max(0, reduction.strength ?? 1)) : undefined
}

/** The session with noise reduction off, however it was asked for. */
export function withoutNoiseReduction(session: RealtimeSession): RealtimeSession {
  const { input_audio_noise_reduction: _asked, ...extensions } = session.extensions ?? {}
  return {
    ...session,
    audio: { ...session.audio, input: { ...session.audio?.input, noise_reduction: null } },
    extensions: Object.keys(extensions).length === 0 ? undefined : extensions,
  }
}

/** True when the client says that it takes no echo out of its microphone, as Azure Voice Live has it. */
export function echoesOf(session: RealtimeSession): boolean {
  return session.extensions?.input_audio_echo_cancellation?.['type'] === 'server_echo_cancellation'
}

/** What one response is made with: the session's settings and the overrides of `response.create`. */
export interface ResponseSettings {
  readonly instructions: string
  readonly tools: readonly FunctionTool[]
  readonly toolChoice: LanguageModelRequest['toolChoice']
  readonly modality: 'audio' | 'text'
  /** Voice asked for, `undefined` = one that fits the language. */
  readonly voice: string | undefined
  readonly speed: number
  readonly maxOutputTokens: number | undefined
  readonly temperature: number | undefined
  readonly metadata: Readonly<Record<string, string>> | null
  readonly outOfBand: boolean
  readonly input: ResponseCreateParams['input']
}

/** Defaults of OpenAI Realtime GA for `server_vad`. */
const vadDefaults = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  create_response: true,
  interrupt_response: true,
} as const

/** Defaults of OpenAI Realtime GA for `semantic_vad`. */
const semanticDefaults = {
  type: 'semantic_vad',
  eagerness: 'auto',
  create_response: true,
  interrupt_response: true,
} as const

/** The session before any `session.update`. */
export function defaultSession(options: {
  readonly id: string
  readonly model: string
  readonly voice: string
  readonly transcriptionModel: string
}): RealtimeSession {
  const format = { type: 'audio/pcm' as const, rate: wireRate }
  return {
    type: 'realtime',
    object: 'realtime.session',
    id: options.id,
    model: options.model,
    instructions: '',
    output_modalities: ['audio'],
    audio: {
      input: {
        format,
        noise_reduction: null,
        transcription: { model: options.transcriptionModel },
        turn_detection: vadDefaults,
      },
      output: { format, voice: options.voice, speed: 1 },
    },
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    truncation: 'auto',
    tracing: null,
    prompt: null,
    include: null,
  }
}

/**
 * The session after an update: an absent key keeps its value, objects inside `audio.input` and `audio.output`
 * are replaced whole. Throws `unsupported` for what this backend cannot do; nothing changes then.
 */
export function mergedSession(session: RealtimeSession, config: RealtimeSessionConfig): RealtimeSession {
  const { audio, model: _fixed, ...rest } = config
  requireWireFormat(audio?.output?.format, 'session.audio.output.format')
  const merged = {
    ...session,
    ...rest,
    extensions: mergedExtensions(session.extensions, config),
    audio: {
      ...session.audio,
      input: mergedInput(session.audio?.input, audio?.input),
      output: { ...session.audio?.output, ...audio?.output },
    },
  }
  requireOfferedTool(merged.tools, merged.tool_choice, 'session.tool_choice')
  requireDetection(merged)
  requireOwnReference(merged)
  return merged
}

/** The session after the update of one that only writes down speech. Throws as `mergedSession` does. */
export function mergedTranscription(
  session: RealtimeSession,
  config: TranscriptionSessionConfig,
): RealtimeSession {
  const { audio, include } = config
  const merged = {
    ...session,
    audio: { ...session.audio, input: mergedInput(session.audio?.input, audio?.input) },
    extensions: mergedExtensions(session.extensions, config),
    ...(include !== undefined && { include }),
  }
  requireDetection(merged)
  requireOwnReference(merged)
  return merged
}

/** What a client is told of a session that only writes down speech. */
export function toTranscriptionSession({
  id,
  audio,
  include,
  extensions,
}: RealtimeSession): TranscriptionSession {
  return {
    type: 'transcription',
    object: 'realtime.transcription_session',
    id,
    audio: { input: audio?.input },
    include,
    extensions,
  }
}

/**
 * The extensions after an update; a field of GA takes the place of a kind that GA does not have. Interrupted answers
 * are cut by the session in front of this backend, so it never says that it cuts them itself.
 */
function mergedExtensions(
  before: SessionExtensions | undefined,
  { audio, extensions }: SessionConfig,
): SessionExtensions | undefined {
  const { input_audio_noise_reduction: reduction, turn_detection: detection, ...others } = before ?? {}
  const isKept = reduction !== undefined && audio?.input?.noise_reduction === undefined
  const listensOn = detection !== undefined && audio?.input?.turn_detection === undefined
  const asked = extensions?.turn_detection
  const merged = {
    ...others,
    ...(isKept && { input_audio_noise_reduction: reduction }),
    ...(listensOn && { turn_detection: detection }),
    ...extensions,
    ...(asked?.['auto_truncate'] === true && { turn_detection: { ...asked, auto_truncate: false } }),
  }
  return Object.keys(merged).length === 0 ? undefined : merged
}

function mergedInput(
  before: AudioInputConfig | undefined,
  input: AudioInputConfig | undefined,
): AudioInputConfig | undefined {
  requireWireFormat(input?.format, 'session.audio.input.format')
  const detection = input?.turn_detection
  const transcriptionModel = before?.transcription?.model
  return {
    ...before,
    ...input,
    ...(detection && { turn_detection: filled(detection) }),
    ...(input?.transcription && { transcription: { model: transcriptionModel, ...input.transcription } }),
  }
}

function filled(detection: TurnDetection): TurnDetection {
  return detection.type === 'semantic_vad'
    ? { ...semanticDefaults, ...detection }
    : { ...vadDefaults, ...detection }
}

/** Throws when the choice names a tool that is not among those offered. */
function requireOfferedTool(
  tools: readonly Tool[] | undefined,
  choice: ToolChoice | undefined,
  param: string,
): void {
  if (typeof choice !== 'object') return
  if (choice.type === 'mcp') throw unsupported(param, 'There are no MCP tools here.')
  if (tools?.some((tool) => tool.type === 'function' && tool.name === choice.name)) return
  const message = `The tool '${choice.name}' is not among the tools offered.`
  throw new RealtimeError('invalid_value', message, { param })
}

function requireWireFormat(
  format: { readonly type: string; readonly rate?: number | undefined } | undefined,
  param: string,
): void {
  if (!format || (format.type === 'audio/pcm' && (format.rate ?? wireRate) === wireRate)) return
  throw unsupported(param, `This backend speaks audio/pcm at ${wireRate} Hz.`)
}

function requireOwnReference({ extensions }: RealtimeSession): void {
  if (extensions?.input_audio_echo_cancellation?.['reference_source'] !== 'client') return
  const param = 'session.extensions.input_audio_echo_cancellation.reference_source'
  throw unsupported(param, 'This backend knows what it sent and takes no reference from the client.')
}

function unsupported(param: string, message: string): RealtimeError {
  return new RealtimeError('unsupported', message, { param })
}

/** Language the client says it speaks (BCP 47), `undefined` when it does not say. */
export function languageOf(session: RealtimeSession): string | undefined {
  return session.audio?.input?.transcription?.language ?? undefined
}

/** Settings of one response; `chosenVoice` is the voice the client asked for in its session. */
export function responseSettings(
  session: RealtimeSession,
  chosenVoice: string | undefined,
  params: ResponseCreateParams = {},
): ResponseSettings {
  const limit = params.max_output_tokens ?? session.max_output_tokens ?? 'inf'
  const voice = params.audio?.output?.voice
  const modalities = params.output_modalities ?? session.output_modalities
  const tools = params.tools ?? session.tools ?? []
  const toolChoice = params.tool_choice ?? session.tool_choice ?? 'auto'
  requireOfferedTool(tools, toolChoice, 'response.tool_choice')
  return {
    instructions: params.instructions ?? session.instructions ?? '',
    tools: tools.flatMap(toFunctionTool),
    toolChoice: toToolChoice(toolChoice),
    modality: modalities?.[0] === 'text' ? 'text' : 'audio',
    voice: typeof voice === 'string' ? voice : chosenVoice,
    speed: session.audio?.output?.speed ?? 1,
    maxOutputTokens: limit === 'inf' ? undefined : limit,
    temperature: params.extensions?.temperature ?? session.extensions?.temperature,
    metadata: params.metadata ?? null,
    outOfBand: params.conversation === 'none',
    input: params.input,
  }
}

function toFunctionTool(tool: Tool): readonly FunctionTool[] {
  if (tool.type !== 'function') return []
  const { name, description, parameters } = tool
  return [{ name, description: description ?? undefined, parameters: parameters ?? { type: 'object' } }]
}

function toToolChoice(choice: ToolChoice): LanguageModelRequest['toolChoice'] {
  if (typeof choice === 'string') return choice
  return choice.type === 'function' ? { name: choice.name } : 'auto'
}
