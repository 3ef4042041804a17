import { RealtimeError } from '../../errors.ts'
import type { ServerVad } from '../../events/audio-config.ts'
import type { ResponseCreateParams } from '../../events/response.ts'
import type { RealtimeSession, SessionConfig } from '../../events/session-config.ts'
import type { Tool, ToolChoice } from '../../events/tools.ts'
import type { FunctionTool, LanguageModelRequest } from './stages.ts'

/** Rate of PCM in both directions on our wire (Hz). */
export const wireRate = 24_000

/** Turn detection with every default filled in. */
export interface TurnDetectionSettings {
  readonly threshold: number
  readonly prefixPaddingMs: number
  readonly silenceMs: number
  readonly createResponse: boolean
  readonly interruptResponse: boolean
  readonly idleTimeoutMs: number | undefined
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
export function mergedSession(session: RealtimeSession, config: SessionConfig): RealtimeSession {
  if (config.type !== 'realtime')
    throw unsupported('session.type', 'There are no transcription sessions here.')
  const { audio, model: _fixed, ...rest } = config
  const { input, output } = audio ?? {}
  requireWireFormat(input?.format, 'session.audio.input.format')
  requireWireFormat(output?.format, 'session.audio.output.format')
  const detection = input?.turn_detection
  if (detection && detection.type !== 'server_vad') {
    throw unsupported('session.audio.input.turn_detection.type', 'Turns are detected by server_vad here.')
  }
  const before = session.audio?.input
  const transcriptionModel = before?.transcription?.model
  return {
    ...session,
    ...rest,
    audio: {
      ...session.audio,
      input: {
        ...before,
        ...input,
        ...(detection && { turn_detection: { ...vadDefaults, ...detection } }),
        ...(input?.transcription && { transcription: { model: transcriptionModel, ...input.transcription } }),
      },
      output: { ...session.audio?.output, ...output },
    },
  }
}

function requireWireFormat(
  format: { readonly type: string; readonly rate?: number | undefined } | undefined,
  param: string,
): void {
  if (!format || (format.type === 'audio/pcm' && (format.rate ?? wireRate) === wireRate)) return
  throw unsupported(param, `This backend speaks audio/pcm at ${wireRate} Hz.`)
}

function unsupported(param: string, message: string): RealtimeError {
  return new RealtimeError('unsupported', message, { param })
}

/** Turn detection of the session, `undefined` when the client ends turns itself. */
export function turnDetectionOf(session: RealtimeSession): TurnDetectionSettings | undefined {
  const detection = session.audio?.input?.turn_detection
  if (detection?.type !== 'server_vad') return undefined
  const filled: ServerVad = { ...vadDefaults, ...detection }
  return {
    threshold: filled.threshold ?? vadDefaults.threshold,
    prefixPaddingMs: filled.prefix_padding_ms ?? vadDefaults.prefix_padding_ms,
    silenceMs: filled.silence_duration_ms ?? vadDefaults.silence_duration_ms,
    createResponse: filled.create_response ?? true,
    interruptResponse: filled.interrupt_response ?? true,
    idleTimeoutMs: filled.idle_timeout_ms ?? undefined,
  }
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
  return {
    instructions: params.instructions ?? session.instructions ?? '',
    tools: (params.tools ?? session.tools ?? []).flatMap(toFunctionTool),
    toolChoice: toToolChoice(params.tool_choice ?? session.tool_choice ?? 'auto'),
    modality: modalities?.[0] === 'text' ? 'text' : 'audio',
    voice: typeof voice === 'string' ? voice : chosenVoice,
    speed: session.audio?.output?.speed ?? 1,
    maxOutputTokens: limit === 'inf' ? undefined : limit,
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
