import { z } from 'zod'
import {
  AudioFormatConfig,
  InputTranscription,
  NoiseReduction,
  TurnDetection,
  Voice,
} from './audio-config.ts'
import { SessionExtensions } from './extensions.ts'
import { integerBetween, naturalNumber, numberBetween } from './ranges.ts'
import { Tool, ToolChoice } from './tools.ts'

export {
  AudioFormatConfig,
  InputTranscription,
  NoiseReduction,
  SemanticVad,
  ServerVad,
  TurnDetection,
  Voice,
} from './audio-config.ts'
export { FunctionToolConfig, McpToolConfig, Tool, ToolChoice } from './tools.ts'

const tokenLimit = "Expected an integer from 1 to 4096, or 'inf'."

/** Most tokens of one response, tool calls included. */
export const MaxOutputTokens = z.union([integerBetween(1, 4096, tokenLimit), z.literal('inf')], tokenLimit)
export type MaxOutputTokens = z.infer<typeof MaxOutputTokens>

/** What the model answers with: sound (its transcript comes along) or text, never both. */
export const OutputModalities = z
  .array(z.enum(['text', 'audio']))
  .length(1, "Expected ['audio'] or ['text'].")
export type OutputModalities = z.infer<typeof OutputModalities>

/** How hard a reasoning model thinks. */
export const Reasoning = z.looseObject({
  effort: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
})
export type Reasoning = z.infer<typeof Reasoning>

/** A stored prompt of the vendor. */
export const PromptReference = z.looseObject({
  id: z.string(),
  version: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})
export type PromptReference = z.infer<typeof PromptReference>

/** Vendor tracing: switched on with defaults, or with names for the trace. */
export const Tracing = z.union(
  [
    z.literal('auto'),
    z.looseObject({
      workflow_name: z.string().optional(),
      group_id: z.string().optional(),
      metadata: z.unknown().optional(),
    }),
  ],
  "Expected 'auto', null, or an object with workflow_name, group_id and metadata.",
)
export type Tracing = z.infer<typeof Tracing>

/** What happens when the conversation outgrows the context window. */
export const Truncation = z.union(
  [
    z.enum(['auto', 'disabled']),
    z.looseObject({
      type: z.literal('retention_ratio'),
      retention_ratio: numberBetween(0, 1),
      token_limits: z.looseObject({ post_instructions: naturalNumber().optional() }).optional(),
    }),
  ],
  "Expected 'auto', 'disabled', or an object of type 'retention_ratio' with a retention_ratio from 0 to 1.",
)
export type Truncation = z.infer<typeof Truncation>

/** Extra fields the server may send. */
export const Include = z.array(z.enum(['item.input_audio_transcription.logprobs']))
export type Include = z.infer<typeof Include>

/** Microphone side of a session. */
export const AudioInputConfig = z.looseObject({
  format: AudioFormatConfig.optional(),
  noise_reduction: NoiseReduction.nullish(),
  transcription: InputTranscription.nullish(),
  turn_detection: TurnDetection.nullish(),
})
export type AudioInputConfig = z.infer<typeof AudioInputConfig>

/** Loudspeaker side of a session. */
export const AudioOutputConfig = z.looseObject({
  format: AudioFormatConfig.optional(),
  voice: Voice.optional(),
  speed: numberBetween(0.25, 1.5).optional(),
})
export type AudioOutputConfig = z.infer<typeof AudioOutputConfig>

/** What a client sets of a spoken conversation; an absent key keeps its value. */
export const RealtimeSessionConfig = z.looseObject({
  type: z.literal('realtime'),
  model: z.string().optional(),
  instructions: z.string().optional(),
  output_modalities: OutputModalities.optional(),
  audio: z
    .looseObject({ input: AudioInputConfig.optional(), output: AudioOutputConfig.optional() })
    .optional(),
  tools: z.array(Tool).optional(),
  tool_choice: ToolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  reasoning: Reasoning.optional(),
  max_output_tokens: MaxOutputTokens.optional(),
  truncation: Truncation.optional(),
  tracing: Tracing.nullish(),
  prompt: PromptReference.nullish(),
  include: Include.nullish(),
  extensions: SessionExtensions.optional(),
})
export type RealtimeSessionConfig = z.infer<typeof RealtimeSessionConfig>

/** What a client sets of a session that only writes down speech. */
export const TranscriptionSessionConfig = z.looseObject({
  type: z.literal('transcription'),
  audio: z.looseObject({ input: AudioInputConfig.optional() }).optional(),
  include: Include.nullish(),
  extensions: SessionExtensions.optional(),
})
export type TranscriptionSessionConfig = z.infer<typeof TranscriptionSessionConfig>

/** The `session` of `session.update`. */
export const SessionConfig = z.discriminatedUnion('type', [RealtimeSessionConfig, TranscriptionSessionConfig])
export type SessionConfig = z.infer<typeof SessionConfig>

const sessionIdentity = {
  id: z.string().optional(),
  object: z.string().optional(),
  /** Unix seconds. */
  expires_at: z.number().nullish(),
}

/** The effective session as the server reports it. Limits of the client side do not bind a server. */
export const RealtimeSession = RealtimeSessionConfig.extend({
  ...sessionIdentity,
  output_modalities: z.array(z.enum(['text', 'audio'])).optional(),
  max_output_tokens: z.union([z.number(), z.literal('inf')]).optional(),
  truncation: Truncation.nullish(),
  reasoning: Reasoning.nullish(),
})
export type RealtimeSession = z.infer<typeof RealtimeSession>

/** The effective transcription session as the server reports it. */
export const TranscriptionSession = TranscriptionSessionConfig.extend(sessionIdentity)
export type TranscriptionSession = z.infer<typeof TranscriptionSession>

/** The `session` of `session.created` and `session.updated`. */
export const Session = z.discriminatedUnion('type', [RealtimeSession, TranscriptionSession])
export type Session = z.infer<typeof Session>
