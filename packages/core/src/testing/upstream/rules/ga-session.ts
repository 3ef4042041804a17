import { z } from 'zod'
import { functionTool, gaToolChoice, mcpTool, metadata, tokenLimit } from './tools.ts'

const format = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('audio/pcm'), rate: z.literal(24_000).optional() }),
  z.strictObject({ type: z.literal('audio/pcmu') }),
  z.strictObject({ type: z.literal('audio/pcma') }),
])
const openaiVoices = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
] as const

/** The list of OpenAI's own voices. */
export const openaiVoice = z.enum(openaiVoices)

const openaiGaVoice = z.union([openaiVoice, z.strictObject({ id: z.string().startsWith('voice_') })])

const serverVad = z.strictObject({
  type: z.literal('server_vad'),
  threshold: z.number().min(0).max(1).optional(),
  prefix_padding_ms: z.int().min(0).optional(),
  silence_duration_ms: z.int().min(0).optional(),
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
  idle_timeout_ms: z.int().min(5000).max(30_000).nullable().optional(),
})
const semanticVad = z.strictObject({
  type: z.literal('semantic_vad'),
  eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
})

/** Turn detection as OpenAI takes it; beta and GA share it. */
export const openaiTurnDetection = z.discriminatedUnion('type', [serverVad, semanticVad])

/** OpenAI's transcription models; on Azure a deployment's name stands in their place. */
export const openaiTranscriptionModel = z.enum([
  'whisper-1',
  'gpt-transcribe',
  'gpt-live-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-mini-transcribe-2025-12-15',
  'gpt-4o-transcribe',
  'gpt-4o-transcribe-diarize',
  'gpt-realtime-whisper',
])

/** Near or far microphone. */
export const noiseReduction = z.strictObject({
  type: z.enum(['near_field', 'far_field']),
  strength: z.number().optional(),
})

/** Tracing of OpenAI's dashboard. */
export const tracing = z.union([
  z.literal('auto'),
  z.strictObject({
    workflow_name: z.string().optional(),
    group_id: z.string().optional(),
    metadata: z.unknown().optional(),
  }),
])

/** A stored prompt. */
export const prompt = z.strictObject({
  id: z.string(),
  version: z.string().nullable().optional(),
  variables: z.record(z.string(), z.unknown()).nullable().optional(),
})

const reasoning = z.strictObject({ effort: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional() })
const tools = z.array(z.discriminatedUnion('type', [functionTool, mcpTool]))
const modalities = z.tuple([z.enum(['audio', 'text'])])
const include = z.array(z.literal('item.input_audio_transcription.logprobs'))

/** What differs between the two services that speak GA. */
export interface GaRules {
  readonly transcriptionModel: z.ZodType
  readonly tracing: boolean
  readonly prompt: boolean
  /** Azure's documents take `{type: 'none'}` for `null`. */
  readonly turnDetectionNone: boolean
  /** Voices in place of OpenAI's. */
  readonly voices?: readonly string[] | undefined
}

function voiceOf({ voices }: GaRules): z.ZodType {
  return voices === undefined ? openaiGaVoice : z.enum(voices)
}

/** Schema of `session` in a GA `session.update`. */
export function gaSession(rules: GaRules): z.ZodType {
  const transcription = z.strictObject({
    model: rules.transcriptionModel.optional(),
    language: z.string().optional(),
    languages: z.array(z.string()).optional(),
    keywords: z.array(z.string()).optional(),
    prompt: z.string().optional(),
    delay: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']).optional(),
  })
  const turnDetection = rules.turnDetectionNone
    ? z.union([openaiTurnDetection, z.strictObject({ type: z.literal('none') })])
    : openaiTurnDetection
  const input = z.strictObject({
    format: format.optional(),
    noise_reduction: noiseReduction.nullable().optional(),
    transcription: transcription.nullable().optional(),
    turn_detection: turnDetection.nullable().optional(),
  })
  const output = z.strictObject({
    format: format.optional(),
    voice: voiceOf(rules).optional(),
    speed: z.number().min(0.25).max(1.5).optional(),
  })
  const realtime = z.strictObject({
    type: z.literal('realtime'),
    model: z.string().optional(),
    instructions: z.string().optional(),
    output_modalities: modalities.optional(),
    audio: z.strictObject({ input: input.optional(), output: output.optional() }).optional(),
    tools: tools.optional(),
    tool_choice: gaToolChoice.optional(),
    parallel_tool_calls: z.boolean().optional(),
    reasoning: reasoning.optional(),
    max_output_tokens: tokenLimit.optional(),
    truncation: z
      .union([
        z.enum(['auto', 'disabled']),
        z.strictObject({
          type: z.literal('retention_ratio'),
          retention_ratio: z.number().min(0).max(1),
          token_limits: z.strictObject({ post_instructions: z.int().min(0).optional() }).optional(),
        }),
      ])
      .optional(),
    ...(rules.tracing ? { tracing: tracing.nullable().optional() } : {}),
    ...(rules.prompt ? { prompt: prompt.nullable().optional() } : {}),
    include: include.nullable().optional(),
  })
  const transcriptionSession = z.strictObject({
    type: z.literal('transcription'),
    audio: z.strictObject({ input: input.optional() }).optional(),
    include: include.nullable().optional(),
  })
  return z.discriminatedUnion('type', [realtime, transcriptionSession])
}

/** Schema of `response` in a GA `response.create`. */
export function gaResponse(item: z.ZodType, rules: GaRules): z.ZodType {
  return z.strictObject({
    conversation: z.enum(['auto', 'none']).optional(),
    input: z
      .array(z.union([item, z.strictObject({ type: z.literal('item_reference'), id: z.string() })]))
      .optional(),
    instructions: z.string().optional(),
    output_modalities: modalities.optional(),
    audio: z
      .strictObject({
        output: z.strictObject({ format: format.optional(), voice: voiceOf(rules).optional() }).optional(),
      })
      .optional(),
    tools: tools.optional(),
    tool_choice: gaToolChoice.optional(),
    parallel_tool_calls: z.boolean().optional(),
    reasoning: reasoning.optional(),
    max_output_tokens: tokenLimit.optional(),
    metadata: metadata.nullable().optional(),
    ...(rules.prompt ? { prompt: prompt.nullable().optional() } : {}),
  })
}
