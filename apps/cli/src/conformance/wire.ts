/** The wire shapes that can be checked. */
export const dialects = ['openai-ga', 'openai-beta', 'voice-live'] as const

/** One of them. */
export type Dialect = (typeof dialects)[number]

/** Formats of sound, in words of no dialect. */
export type SoundFormat = 'pcm' | 'ulaw' | 'alaw'

/** What the clauses set, in words of no dialect. Left out: not sent. */
export interface Settings {
  readonly output?: 'text' | 'audio'
  readonly instructions?: string
  readonly turnDetection?: Readonly<Record<string, unknown>> | null
  readonly inputFormat?: SoundFormat
  readonly outputFormat?: SoundFormat
  readonly transcription?: Readonly<Record<string, unknown>> | null
  readonly tools?: readonly unknown[]
  readonly toolChoice?: unknown
  readonly maxOutputTokens?: number
}

/** How one dialect writes and names things. */
export interface Wire {
  readonly dialect: Dialect
  readonly textDelta: string
  readonly textDone: string
  readonly audioDelta: string
  readonly audioDone: string
  readonly transcriptDelta: string
  readonly transcriptDone: string
  /** Announces an item of the conversation. */
  readonly itemAdded: string
  /** Says that an item is complete, where that is an event of its own. */
  readonly itemDone: string | undefined
  /** Type of the assistant's written content. */
  readonly textContent: string
  /** Path of turn detection in a session. */
  readonly turnDetection: string
  /** Path of the modalities in a session and in a response. */
  readonly modalities: string
  /** The whole `session.update` event's session. */
  session(settings: Settings): Readonly<Record<string, unknown>>
  /** The `response` of a `response.create`. */
  response(settings: Settings): Readonly<Record<string, unknown>>
}

const gaFormats = {
  pcm: { type: 'audio/pcm', rate: 24000 },
  ulaw: { type: 'audio/pcmu' },
  alaw: { type: 'audio/pcma' },
}

const flatFormats = { pcm: 'pcm16', ulaw: 'g711_ulaw', alaw: 'g711_alaw' }

const ga: Wire = {
  dialect: 'openai-ga',
  textDelta: 'response.output_text.delta',
  textDone: 'response.output_text.done',
  audioDelta: 'response.output_audio.delta',
  audioDone: 'response.output_audio.done',
  transcriptDelta: 'response.output_audio_transcript.delta',
  transcriptDone: 'response.output_audio_transcript.done',
  itemAdded: 'conversation.item.added',
  itemDone: 'conversation.item.done',
  textContent: 'output_text',
  turnDetection: 'audio.input.turn_detection',
  modalities: 'output_modalities',
  session(settings) {
    const input = given({
      turn_detection: settings.turnDetection,
      transcription: settings.transcription,
      format: settings.inputFormat && gaFormats[settings.inputFormat],
    })
    const output = given({ format: settings.outputFormat && gaFormats[settings.outputFormat] })
    const audio = given({ input: filled(input), output: filled(output) })
    return { type: 'realtime', ...gaCommon(settings), ...given({ audio: filled(audio) }) }
  },
  response: gaCommon,
}

function gaCommon(settings: Settings): Readonly<Record<string, unknown>> {
  return given({
    output_modalities: settings.output && [settings.output],
    instructions: settings.instructions,
    tools: settings.tools,
    tool_choice: settings.toolChoice,
    max_output_tokens: settings.maxOutputTokens,
  })
}

const beta: Wire = {
  dialect: 'openai-beta',
  textDelta: 'response.text.delta',
  textDone: 'response.text.done',
  audioDelta: 'response.audio.delta',
  audioDone: 'response.audio.done',
  transcriptDelta: 'response.audio_transcript.delta',
  transcriptDone: 'response.audio_transcript.done',
  itemAdded: 'conversation.item.created',
  itemDone: undefined,
  textContent: 'text',
  turnDetection: 'turn_detection',
  modalities: 'modalities',
  session: (settings) => ({
    ...flatCommon(settings),
    ...given({
      turn_detection: settings.turnDetection,
      input_audio_transcription: settings.transcription,
      input_audio_format: settings.inputFormat && flatFormats[settings.inputFormat],
      output_audio_format: settings.outputFormat && flatFormats[settings.outputFormat],
    }),
  }),
  response: flatCommon,
}

function flatCommon(settings: Settings): Readonly<Record<string, unknown>> {
  return given({
    modalities: settings.output && (settings.output === 'text' ? ['text'] : ['text', 'audio']),
    instructions: settings.instructions,
    tools: settings.tools,
    tool_choice: settings.toolChoice,
    max_response_output_tokens: settings.maxOutputTokens,
  })
}

const voiceLive: Wire = {
  ...beta,
  dialect: 'voice-live',
  session: (settings) => ({
    ...beta.session(settings),
    ...given({
      input_audio_sampling_rate: settings.inputFormat && (settings.inputFormat === 'pcm' ? 24000 : 8000),
    }),
  }),
}

/** The wire of a dialect. */
export function wireOf(dialect: Dialect): Wire {
  return { 'openai-ga': ga, 'openai-beta': beta, 'voice-live': voiceLive }[dialect]
}

function given(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function filled(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  return Object.keys(fields).length > 0 ? fields : undefined
}
