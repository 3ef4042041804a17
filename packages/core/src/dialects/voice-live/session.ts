import { z } from 'zod'
import { InputTranscription } from '../../events/audio-config.ts'
import { numberBetween } from '../../events/ranges.ts'
import { MaxOutputTokens } from '../../events/session-config.ts'
import { ToolChoice } from '../../events/tools.ts'
import { VoiceLiveTool } from './tools.ts'
import { VoiceLiveTurnDetection } from './turn-detection.ts'
import { VoiceLiveVoice } from './voice.ts'

/** Kinds of output. */
export const VoiceLiveModalities = z.array(z.enum(['text', 'audio', 'animation', 'avatar']))

/** PCM at 24 kHz unless its rate is in the name; the first SDK had hyphens. */
export const VoiceLiveOutputFormat = z.enum([
  'pcm16',
  'pcm16_8000hz',
  'pcm16_16000hz',
  'g711_ulaw',
  'g711_alaw',
  'pcm16-8000hz',
  'pcm16-16000hz',
])

/** The effort of a reasoning model. */
export const VoiceLiveReasoningEffort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'])

/** How random the model's choices are. */
export const VoiceLiveTemperature = numberBetween(0, 2)

const interim = {
  triggers: z.array(z.enum(['latency', 'tool'])).nullish(),
  latency_threshold_ms: z.number().nullish(),
}

/** What is said while the answer is not ready. */
export const VoiceLiveInterimResponse = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('static_interim_response'),
    ...interim,
    texts: z.array(z.string()).nullish(),
  }),
  z.looseObject({
    type: z.literal('llm_interim_response'),
    ...interim,
    model: z.string().nullish(),
    instructions: z.string().nullish(),
    max_completion_tokens: z.number().nullish(),
  }),
])

/** Each reference of the echo has its number of channels. */
const EchoCancellation = z
  .looseObject({
    type: z.literal('server_echo_cancellation'),
    reference_source: z.enum(['server', 'client']).optional(),
    channels: z.number().optional(),
  })
  .refine(
    ({ reference_source = 'server', channels }) =>
      channels === undefined || channels === (reference_source === 'server' ? 1 : 2),
    {
      path: ['channels'],
      error: "Expected 1 with the reference 'server' and 2 with 'client'.",
    },
  )

/** What appears and moves; its details are the vendor's. */
const Avatar = z.looseObject({
  type: z.enum(['video-avatar', 'photo-avatar']).optional(),
  character: z.string(),
  style: z.string().nullish(),
  model: z.string().nullish(),
  customized: z.boolean().optional(),
  ice_servers: z.array(z.looseObject({ urls: z.array(z.string()) })).nullish(),
  video: z.looseObject({}).nullish(),
  scene: z.looseObject({}).nullish(),
  output_protocol: z.enum(['webrtc', 'websocket']).optional(),
  output_audit_audio: z.boolean().optional(),
})

/** The `session` of `session.update`; an absent key keeps its value. */
export const VoiceLiveSession = z.looseObject({
  model: z.string().optional(),
  modalities: VoiceLiveModalities.optional(),
  animation: z
    .looseObject({
      model_name: z.string().nullish(),
      outputs: z.array(z.enum(['blendshapes', 'viseme_id'])).nullish(),
    })
    .nullish(),
  voice: VoiceLiveVoice.optional(),
  instructions: z.string().optional(),
  input_audio_sampling_rate: z
    .union([z.literal(8000), z.literal(16_000), z.literal(24_000)], 'Expected 8000, 16000 or 24000.')
    .optional(),
  input_audio_format: z.enum(['pcm16', 'g711_ulaw', 'g711_alaw']).optional(),
  output_audio_format: VoiceLiveOutputFormat.optional(),
  turn_detection: VoiceLiveTurnDetection.nullish(),
  input_audio_noise_reduction: z
    .looseObject({ type: z.enum(['azure_deep_noise_suppression', 'near_field', 'far_field']) })
    .nullish(),
  input_audio_echo_cancellation: EchoCancellation.nullish(),
  avatar: Avatar.nullish(),
  input_audio_transcription: InputTranscription.extend({
    phrase_list: z.array(z.string()).nullish(),
    custom_speech: z.record(z.string(), z.string()).nullish(),
  }).nullish(),
  output_audio_timestamp_types: z.array(z.enum(['word'])).nullish(),
  tools: z.array(VoiceLiveTool).optional(),
  tool_choice: z
    .union([z.string(), ToolChoice], 'Expected a string or an object that names a tool.')
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  temperature: VoiceLiveTemperature.optional(),
  max_response_output_tokens: MaxOutputTokens.optional(),
  reasoning_effort: VoiceLiveReasoningEffort.optional(),
  interim_response: VoiceLiveInterimResponse.nullish(),
  include: z
    .array(
      z.enum([
        'item.input_audio_transcription.logprobs',
        'item.input_audio_transcription.phrases',
        'file_search_call.results',
      ]),
    )
    .nullish(),
  metadata: z.record(z.string(), z.string()).optional(),
})
export type VoiceLiveSession = z.infer<typeof VoiceLiveSession>
