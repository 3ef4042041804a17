import { RealtimeError } from '../../errors.ts'
import type {
  AudioFormatConfig,
  InputTranscription,
  RealtimeSession,
  SessionConfig,
  TurnDetection,
} from '../../events/session-config.ts'
import type { ContextUpdate, Setup, TranscriptionConfig, TranslationConfig } from './messages.ts'
import type { ModelTraits } from './model-traits.ts'
import { withoutLeftOut } from './left-out.ts'
import { toToolList } from './tools.ts'

/** Rate of the sound Gemini sends (Hz), and of what it is sent while nothing else is set: it takes any, by name. */
export const defaultRate = 24_000

/** The session before any `session.update`. */
export function defaultSession(id: string, model: string): RealtimeSession {
  return {
    type: 'realtime',
    object: 'realtime.session',
    id,
    model,
    instructions: '',
    output_modalities: ['audio'],
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: defaultRate },
        noise_reduction: null,
        transcription: null,
        turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true },
      },
      output: { format: { type: 'audio/pcm', rate: defaultRate } },
    },
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
  }
}

/** The session after an update: an absent key keeps its value. Throws `unsupported` for what the wire cannot do. */
export function mergedSession(session: RealtimeSession, config: SessionConfig): RealtimeSession {
  if (config.type !== 'realtime') {
    throw new RealtimeError('unsupported', 'Gemini Live has no transcription sessions.', {
      param: 'session.type',
    })
  }
  const mcp = (config.tools ?? []).findIndex(({ type }) => type === 'mcp')
  if (mcp !== -1) {
    throw new RealtimeError('unsupported', 'Gemini Live calls no MCP servers.', {
      param: `session.tools[${mcp}].type`,
    })
  }
  const { audio, ...kept } = withoutLeftOut(config)
  const { input, output } = audio ?? {}
  if (input?.turn_detection?.type === 'semantic_vad') {
    throw new RealtimeError('unsupported', 'Gemini Live detects turns by server_vad.', {
      param: 'session.audio.input.turn_detection.type',
    })
  }
  if (input?.turn_detection?.create_response === false) {
    throw new RealtimeError(
      'unsupported',
      'Gemini Live answers every turn it detects. Set turn_detection to null and end turns yourself.',
      { param: 'session.audio.input.turn_detection.create_response' },
    )
  }
  requirePcm(input?.format, 'session.audio.input.format')
  requirePcm(output?.format, 'session.audio.output.format')
  if (output?.format?.type === 'audio/pcm' && (output.format.rate ?? defaultRate) !== defaultRate) {
    throw new RealtimeError('unsupported', `Gemini Live speaks at ${defaultRate} Hz.`, {
      param: 'session.audio.output.format.rate',
    })
  }
  const { model: _fixed, ...changes } = kept
  return {
    ...session,
    ...changes,
    extensions: { ...session.extensions, ...kept.extensions },
    audio: {
      ...session.audio,
      input: { ...session.audio?.input, ...input },
      output: { ...session.audio?.output, ...output },
    },
  }
}

function requirePcm(format: AudioFormatConfig | undefined, param: string): void {
  if (format === undefined || format.type === 'audio/pcm') return
  throw new RealtimeError('unsupported', 'Gemini Live takes and gives PCM only.', { param })
}

/** Settings of the backend that no session event has. */
export interface SetupOptions {
  /** Full resource name, for example `models/gemini-3.8-live`. */
  readonly model: string
  readonly traits: ModelTraits
  readonly translation?: TranslationConfig | undefined
  /** Asks for `voiceActivity` messages. */
  readonly explicitVadSignal?: boolean | undefined
}

/** The setup of a session. `systemTexts` are system messages, which Gemini has no turns for. */
export function toSetup(
  session: RealtimeSession,
  systemTexts: readonly string[],
  options: SetupOptions,
): Setup {
  const { extensions, max_output_tokens: limit } = session
  const voice = session.audio?.output?.voice
  const instructions = [session.instructions ?? '', ...systemTexts].filter((text) => text !== '')
  const tools = toToolList(session.tools ?? [], options.traits)
  return {
    model: options.model,
    generationConfig: {
      responseModalities: ['AUDIO'],
      ...(extensions?.temperature === undefined ? {} : { temperature: extensions.temperature }),
      ...(typeof limit === 'number' ? { maxOutputTokens: limit } : {}),
      ...(typeof voice === 'string'
        ? { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } } }
        : {}),
      ...(options.translation ? { translationConfig: options.translation } : {}),
    },
    ...(instructions.length === 0
      ? {}
      : { systemInstruction: { parts: instructions.map((text) => ({ text })) } }),
    ...(tools.length === 0 ? {} : { tools }),
    realtimeInputConfig: realtimeInputConfig(session.audio?.input?.turn_detection),
    // Always on: it is how Gemini shows that the user speaks, and what is kept of the conversation.
    inputAudioTranscription: transcriptionConfig(session.audio?.input?.transcription),
    outputAudioTranscription: {},
    sessionResumption: {},
    contextWindowCompression: { slidingWindow: {} },
    ...(options.explicitVadSignal ? { explicitVadSignal: true } : {}),
  }
}

function realtimeInputConfig(detection: TurnDetection | null | undefined): Setup['realtimeInputConfig'] {
  if (detection == null) {
    return {
      automaticActivityDetection: { disabled: true },
      activityHandling: 'START_OF_ACTIVITY_INTERRUPTS',
    }
  }
  const fine = detection.type === 'server_vad' ? detection : undefined
  const threshold = fine?.threshold ?? 0.5
  return {
    automaticActivityDetection: {
      ...(threshold > 0.5 ? { startOfSpeechSensitivity: 'START_SENSITIVITY_LOW' } : {}),
      ...(threshold < 0.5 ? { startOfSpeechSensitivity: 'START_SENSITIVITY_HIGH' } : {}),
      ...(fine?.prefix_padding_ms === undefined ? {} : { prefixPaddingMs: fine.prefix_padding_ms }),
      ...(fine?.silence_duration_ms === undefined ? {} : { silenceDurationMs: fine.silence_duration_ms }),
    },
    activityHandling:
      detection.interrupt_response === false ? 'NO_INTERRUPTION' : 'START_OF_ACTIVITY_INTERRUPTS',
  }
}

function transcriptionConfig(transcription: InputTranscription | null | undefined): TranscriptionConfig {
  const languages = transcription?.languages ?? (transcription?.language ? [transcription.language] : [])
  const keywords = transcription?.keywords ?? []
  return {
    ...(languages.length === 0 ? {} : { languageCodes: languages }),
    ...(keywords.length === 0 ? {} : { customVocabulary: keywords }),
  }
}

/** What it takes to go from one setup to another: nothing, a message, or a new connection. */
export type SetupChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'message'; readonly update: ContextUpdate }
  | { readonly kind: 'connection' }

/** Compares two setups. Without `contextUpdate` any difference needs a new connection. */
export function setupChange(before: Setup, after: Setup, traits: ModelTraits): SetupChange {
  if (same(before, after)) return { kind: 'none' }
  const { systemInstruction: saidBefore, tools: toolsBefore, ...fixedBefore } = before
  const { systemInstruction, tools, ...fixed } = after
  if (!traits.contextUpdate || !same(fixedBefore, fixed)) return { kind: 'connection' }
  return {
    kind: 'message',
    update: {
      ...(same(saidBefore, systemInstruction)
        ? {}
        : { systemInstruction: systemInstruction ?? { parts: [{ text: '' }] } }),
      ...(same(toolsBefore, tools) ? {} : { tools: { tools: tools ?? [] } }),
    },
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
