import { z } from 'zod'
import { noiseReduction } from './ga-session.ts'
import { functionTool, metadata, tokenLimit } from './tools.ts'

const format = z.enum(['pcm16', 'g711_ulaw', 'g711_alaw'])
/** Sound comes with its text: never sound alone. */
const modalities = z
  .array(z.enum(['text', 'audio']))
  .refine(
    (kinds) => kinds.includes('text') && new Set(kinds).size === kinds.length,
    'text, or text and audio',
  )
/** The voices before GA's two. */
const betaVoice = z.enum(['alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse'])
const temperature = z.number().min(0.6).max(1.2)
const turnDetectionFields = {
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
}
const turnDetection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('server_vad'),
    threshold: z.number().min(0).max(1).optional(),
    prefix_padding_ms: z.int().min(0).optional(),
    silence_duration_ms: z.int().min(0).optional(),
    ...turnDetectionFields,
  }),
  z.strictObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
    ...turnDetectionFields,
  }),
  z.strictObject({ type: z.literal('none') }),
])

/** Schema of `session` in a flat `session.update`. */
export function betaSession(transcriptionModel: z.ZodType): z.ZodType {
  return z.strictObject({
    ...inputFields(transcriptionModel),
    model: z.string().optional(),
    modalities: modalities.optional(),
    instructions: z.string().optional(),
    voice: betaVoice.optional(),
    output_audio_format: format.optional(),
    tools: z.array(functionTool).optional(),
    tool_choice: z.string().min(1).optional(),
    temperature: temperature.optional(),
    max_response_output_tokens: tokenLimit.optional(),
  })
}

/** Schema of `session` in a `transcription_session.update`. */
export function betaTranscriptionSession(transcriptionModel: z.ZodType): z.ZodType {
  return z.strictObject(inputFields(transcriptionModel))
}

function inputFields(transcriptionModel: z.ZodType) {
  return {
    input_audio_format: format.optional(),
    input_audio_transcription: z
      .strictObject({
        model: transcriptionModel.optional(),
        language: z.string().optional(),
        prompt: z.string().optional(),
      })
      .nullable()
      .optional(),
    input_audio_noise_reduction: noiseReduction.omit({ strength: true }).nullable().optional(),
    turn_detection: turnDetection.nullable().optional(),
  }
}

/** Schema of `response` in a flat `response.create`. */
export function betaResponse(item: z.ZodType): z.ZodType {
  return z.strictObject({
    conversation: z.enum(['auto', 'none']).optional(),
    input: z
      .array(z.union([item, z.strictObject({ type: z.literal('item_reference'), id: z.string() })]))
      .optional(),
    modalities: modalities.optional(),
    instructions: z.string().optional(),
    voice: betaVoice.optional(),
    output_audio_format: format.optional(),
    tools: z.array(functionTool).optional(),
    tool_choice: z.string().min(1).optional(),
    temperature: temperature.optional(),
    max_response_output_tokens: tokenLimit.optional(),
    metadata: metadata.nullable().optional(),
  })
}
