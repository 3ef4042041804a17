import { z } from 'zod'
import { AudioFormatConfig, Voice } from './audio-config.ts'
import { ResponseExtensions } from './extensions.ts'
import { Item, ItemReference } from './items.ts'
import { MaxOutputTokens, OutputModalities, PromptReference, Reasoning } from './session-config.ts'
import { Tool, ToolChoice } from './tools.ts'

const metadataLimits = 'Expected at most 16 pairs, keys of at most 64 and values of at most 512 characters.'

/** Free text pairs of the client, echoed in the response object. */
export const Metadata = z
  .record(z.string(), z.string(metadataLimits), metadataLimits)
  .refine(
    (pairs) =>
      Object.keys(pairs).length <= 16 &&
      Object.entries(pairs).every(([key, value]) => key.length <= 64 && value.length <= 512),
    metadataLimits,
  )
export type Metadata = z.infer<typeof Metadata>

const ResponseAudio = z.looseObject({
  output: z.looseObject({ format: AudioFormatConfig.nullish(), voice: Voice.nullish() }).optional(),
})

/** The `response` of `response.create`: overrides the session for this response only. */
export const ResponseCreateParams = z.looseObject({
  /** `none` keeps the response out of the conversation; absent means `auto`. */
  conversation: z.string().optional(),
  /** Replaces the conversation as context. */
  input: z.array(z.discriminatedUnion('type', [Item, ItemReference])).optional(),
  instructions: z.string().optional(),
  output_modalities: OutputModalities.optional(),
  audio: ResponseAudio.optional(),
  tools: z.array(Tool).optional(),
  tool_choice: ToolChoice.optional(),
  parallel_tool_calls: z.boolean().optional(),
  reasoning: Reasoning.optional(),
  max_output_tokens: MaxOutputTokens.optional(),
  prompt: PromptReference.nullish(),
  metadata: Metadata.nullish(),
  extensions: ResponseExtensions.optional(),
})
export type ResponseCreateParams = z.infer<typeof ResponseCreateParams>

const tokenCount = z.number().optional()

/** Tokens of one response. Input counts the whole context, most of it cached. */
export const Usage = z.looseObject({
  total_tokens: tokenCount,
  input_tokens: tokenCount,
  output_tokens: tokenCount,
  input_token_details: z
    .looseObject({
      text_tokens: tokenCount,
      audio_tokens: tokenCount,
      image_tokens: tokenCount,
      cached_tokens: tokenCount,
      cached_tokens_details: z
        .looseObject({ text_tokens: tokenCount, audio_tokens: tokenCount, image_tokens: tokenCount })
        .nullish(),
    })
    .nullish(),
  output_token_details: z.looseObject({ text_tokens: tokenCount, audio_tokens: tokenCount }).nullish(),
})
export type Usage = z.infer<typeof Usage>

/** State of a response. */
export const ResponseStatus = z.enum(['in_progress', 'completed', 'cancelled', 'incomplete', 'failed'])
export type ResponseStatus = z.infer<typeof ResponseStatus>

/** Why a response ended as it did. */
export const ResponseStatusDetails = z.looseObject({
  type: z.enum(['completed', 'cancelled', 'incomplete', 'failed']).optional(),
  reason: z.enum(['turn_detected', 'client_cancelled', 'max_output_tokens', 'content_filter']).optional(),
  error: z
    .looseObject({ type: z.string().nullish(), code: z.string().nullish(), message: z.string().nullish() })
    .nullish(),
})
export type ResponseStatusDetails = z.infer<typeof ResponseStatusDetails>

/** The response object of `response.created` and `response.done`. */
export const Response = z.looseObject({
  id: z.string().optional(),
  object: z.literal('realtime.response').optional(),
  status: ResponseStatus.optional(),
  status_details: ResponseStatusDetails.nullish(),
  output: z.array(Item).optional(),
  /** `null` for a response out of band. */
  conversation_id: z.string().nullish(),
  output_modalities: z.array(z.enum(['text', 'audio'])).optional(),
  audio: ResponseAudio.nullish(),
  max_output_tokens: z.union([z.number(), z.literal('inf')]).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  /** `null` until the response is done. */
  usage: Usage.nullish(),
  extensions: ResponseExtensions.optional(),
  /** Parley's own measurements of this response. */
  parley: z.looseObject({}).optional(),
})
export type Response = z.infer<typeof Response>
