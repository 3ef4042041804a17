import { z } from 'zod'

const anyObject = z.record(z.string(), z.unknown())

/**
 * Session settings that OpenAI Realtime GA has no field for, under the names of the flat dialects (OpenAI beta,
 * Azure Voice Live). Where a GA field says part of the same, both are set: `audio.output.voice` is the name of
 * `extensions.voice`, and the fuller one counts on a wire that has it.
 */
export const SessionExtensions = z.looseObject({
  /** The whole list where it says more than `output_modalities`, for example `['text', 'audio', 'avatar']`. */
  modalities: z.array(z.string()).optional(),
  /** 0 to 2, OpenAI beta 0.6 to 1.2. */
  temperature: z.number().optional(),
  /** A vendor's voice object, for example `{ type: 'azure-standard', name, style, rate }`. */
  voice: anyObject.optional(),
  /** Turn detection with fields or types GA does not have, for example `azure_semantic_vad`. */
  turn_detection: anyObject.optional(),
  /** Transcription with fields GA does not have: `phrase_list`, `custom_speech`. */
  input_audio_transcription: anyObject.optional(),
  /** A kind of noise reduction GA does not have: `azure_deep_noise_suppression`. */
  input_audio_noise_reduction: anyObject.optional(),
  input_audio_echo_cancellation: anyObject.nullish(),
  output_audio_timestamp_types: z.array(z.string()).nullish(),
  animation: anyObject.nullish(),
  avatar: anyObject.nullish(),
  interim_response: anyObject.nullish(),
  /** An effort GA does not have: `none`. */
  reasoning_effort: z.string().optional(),
  /** Values of `include` GA does not have. */
  include: z.array(z.string()).optional(),
  /** Tools of kinds GA does not have: `foundry_agent`. */
  tools: z.array(anyObject).optional(),
  metadata: anyObject.optional(),
  /** The agent behind the session, said by the server only. */
  agent: anyObject.optional(),
})
export type SessionExtensions = z.infer<typeof SessionExtensions>

/** Name of one extension of a session. */
export type SessionExtension = keyof typeof SessionExtensions.shape

/** Fields of `response.create` that GA does not have, under Voice Live's names. */
export const ResponseExtensions = z.looseObject({
  temperature: z.number().optional(),
  voice: anyObject.optional(),
  modalities: z.array(z.string()).optional(),
  /** Spoken as it is, without asking the model. */
  pre_generated_assistant_message: anyObject.optional(),
  interim_response: anyObject.nullish(),
  reasoning_effort: z.string().optional(),
  invoke_input: z.unknown().optional(),
  commit: z.boolean().optional(),
  cancel_previous: z.boolean().optional(),
  append_input_items: z.array(anyObject).optional(),
  input_items: z.array(anyObject).optional(),
  additional_instructions: z.string().optional(),
})
export type ResponseExtensions = z.infer<typeof ResponseExtensions>

/** Name of one extension of a response. */
export type ResponseExtension = keyof typeof ResponseExtensions.shape
