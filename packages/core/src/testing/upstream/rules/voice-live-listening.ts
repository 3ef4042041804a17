import { z } from 'zod'

/** What of listening depends on the api-version. */
export interface ListeningRules {
  readonly smartEndOfTurn: boolean
  readonly autoTruncate: boolean
}

const thresholds = {
  threshold_level: z.enum(['low', 'medium', 'high', 'default']).optional(),
  timeout_ms: z.number().min(0).optional(),
}

/** Schema of `turn_detection` of Voice Live. */
export function voiceLiveTurnDetection(rules: ListeningRules): z.ZodType {
  const models = [
    'semantic_detection_v1',
    'semantic_detection_v1_en',
    'semantic_detection_v1_multilingual',
    ...(rules.smartEndOfTurn ? ['smart_end_of_turn_detection'] : []),
  ]
  const endOfUtterance = z
    .strictObject({ model: z.enum(models), ...thresholds })
    .nullable()
    .optional()
  const turns = {
    create_response: z.boolean().optional(),
    interrupt_response: z.boolean().optional(),
    ...(rules.autoTruncate ? { auto_truncate: z.boolean().optional() } : {}),
  }
  const levels = {
    threshold: z.number().min(0).max(1).optional(),
    prefix_padding_ms: z.int().min(0).optional(),
    silence_duration_ms: z.int().min(0).optional(),
    speech_duration_ms: z.int().min(0).optional(),
    end_of_utterance_detection: endOfUtterance,
  }
  const semantic = {
    ...levels,
    ...turns,
    remove_filler_words: z.boolean().optional(),
    appended_text_after_truncation: z.string().optional(),
  }
  const languages = z.array(z.string()).optional()
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('server_vad'), ...levels, ...turns }),
    z.strictObject({
      type: z.literal('semantic_vad'),
      eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
      ...turns,
    }),
    z.strictObject({ type: z.literal('azure_semantic_vad'), ...semantic, languages }),
    z.strictObject({ type: z.literal('azure_semantic_vad_en'), ...semantic }),
    z.strictObject({ type: z.literal('azure_semantic_vad_multilingual'), ...semantic, languages }),
  ])
}

/** Transcription models that only a model of OpenAI brings along. */
export const openaiTranscribers = [
  'whisper-1',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-transcribe-diarize',
] as const

/** Schema of `input_audio_transcription`. */
export const voiceLiveTranscription = z.strictObject({
  model: z.enum([
    'azure-speech',
    'mai-transcribe',
    'mai-transcribe-1',
    'mai-transcribe-1.5',
    'mai-transcribe-2',
    ...openaiTranscribers,
  ]),
  language: z
    .string()
    .refine((names) => names.split(',').length <= 10, 'at most 10 languages')
    .optional(),
  phrase_list: z.array(z.string()).max(499).optional(),
  custom_speech: z.record(z.string(), z.string()).optional(),
  prompt: z.string().optional(),
})

/** Schema of `input_audio_noise_reduction`. */
export const voiceLiveNoiseReduction = z.strictObject({
  type: z.enum(['azure_deep_noise_suppression', 'near_field', 'far_field']),
})

/** Schema of `input_audio_echo_cancellation`; which pairs of its fields go together is a rule of its own. */
export const echoCancellation = z.strictObject({
  type: z.literal('server_echo_cancellation'),
  reference_source: z.enum(['server', 'client']).optional(),
  channels: z.union([z.literal(1), z.literal(2)]).optional(),
})
