import { z } from 'zod'
import { functionTool, metadata } from './tools.ts'
import { animation, avatar } from './voice-live-avatar.ts'
import {
  echoCancellation,
  voiceLiveNoiseReduction,
  voiceLiveTranscription,
  voiceLiveTurnDetection,
} from './voice-live-listening.ts'
import { voiceLiveVoice } from './voice-live-voice.ts'

/** What an api-version has. */
export interface VoiceLiveVersion {
  readonly mcp: boolean
  readonly interimResponse: boolean
  readonly preGenerated: boolean
  readonly autoTruncate: boolean
  readonly inputText: boolean
  readonly smartEndOfTurn: boolean
  readonly image: 'image_url' | 'url'
  readonly expiresAt: boolean
}

const reasoning = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'])
const tokenLimit = z.union([z.int().min(1), z.literal('inf')])
const modalities = z.array(z.enum(['text', 'audio', 'animation', 'avatar'])).min(1)
const outputFormat = z.enum(['pcm16', 'pcm16_8000hz', 'pcm16_16000hz', 'g711_ulaw', 'g711_alaw'])
const temperature = z.number().min(0).max(2)

const interim = {
  triggers: z.array(z.enum(['latency', 'tool'])).optional(),
  latency_threshold_ms: z.int().min(0).optional(),
}
const interimResponse = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('static_interim_response'),
      texts: z.array(z.string()).optional(),
      ...interim,
    }),
    z.strictObject({
      type: z.literal('llm_interim_response'),
      model: z.string().optional(),
      instructions: z.string().optional(),
      max_completion_tokens: z.int().min(1).optional(),
      ...interim,
    }),
  ])
  .nullable()

const mcpServer = z.strictObject({
  type: z.literal('mcp'),
  server_label: z.string().min(1),
  server_url: z.url(),
  authorization: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  allowed_tools: z.array(z.string()).optional(),
  require_approval: z
    .union([
      z.enum(['always', 'never']),
      z.strictObject({ always: z.array(z.string()).optional(), never: z.array(z.string()).optional() }),
    ])
    .optional(),
})
const foundryAgent = z.strictObject({
  type: z.literal('foundry_agent'),
  agent_name: z.string().min(1),
  agent_version: z.string().optional(),
  project_name: z.string().min(1),
  client_id: z.string().optional(),
  description: z.string().optional(),
  foundry_resource_override: z.string().optional(),
  agent_context_type: z.enum(['no_context', 'agent_context']).optional(),
  return_agent_response_directly: z.boolean().optional(),
})

function toolsOf(version: VoiceLiveVersion): z.ZodType {
  return z.array(
    version.mcp
      ? z.discriminatedUnion('type', [functionTool, mcpServer, foundryAgent])
      : z.discriminatedUnion('type', [functionTool]),
  )
}

/** Schema of `session` in a `session.update` of Voice Live. */
export function voiceLiveSession(version: VoiceLiveVersion): z.ZodType {
  return z.strictObject({
    model: z.string().optional(),
    modalities: modalities.optional(),
    voice: voiceLiveVoice.optional(),
    instructions: z.string().optional(),
    input_audio_sampling_rate: z.union([z.literal(8000), z.literal(16_000), z.literal(24_000)]).optional(),
    input_audio_format: z.enum(['pcm16', 'g711_ulaw', 'g711_alaw']).optional(),
    output_audio_format: outputFormat.optional(),
    turn_detection: voiceLiveTurnDetection(version).nullable().optional(),
    input_audio_noise_reduction: voiceLiveNoiseReduction.nullable().optional(),
    input_audio_echo_cancellation: echoCancellation.nullable().optional(),
    input_audio_transcription: voiceLiveTranscription.nullable().optional(),
    output_audio_timestamp_types: z.array(z.literal('word')).nullable().optional(),
    animation: animation.nullable().optional(),
    avatar: avatar.nullable().optional(),
    tools: toolsOf(version).optional(),
    tool_choice: z
      .union([z.string().min(1), z.strictObject({ type: z.literal('function'), name: z.string() })])
      .optional(),
    parallel_tool_calls: z.boolean().optional(),
    temperature: temperature.optional(),
    max_response_output_tokens: tokenLimit.optional(),
    reasoning_effort: reasoning.optional(),
    ...(version.interimResponse ? { interim_response: interimResponse.optional() } : {}),
    include: z
      .array(
        z.enum([
          'item.input_audio_transcription.logprobs',
          'item.input_audio_transcription.phrases',
          'file_search_call.results',
        ]),
      )
      .optional(),
    metadata: metadata.optional(),
  })
}

/** Schema of `response` in a `response.create` of Voice Live. */
export function voiceLiveResponse(item: z.ZodType, version: VoiceLiveVersion): z.ZodType {
  const reference = z.strictObject({ type: z.literal('item_reference'), id: z.string() })
  const items = z.array(z.union([item, reference])).optional()
  const verbatim = z.strictObject({
    id: z.string().max(32).optional(),
    object: z.literal('realtime.item').optional(),
    status: z.string().optional(),
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(z.strictObject({ type: z.literal('text'), text: z.string().min(1) })).length(1),
  })
  return z.strictObject({
    conversation: z.enum(['auto', 'none']).optional(),
    commit: z.boolean().optional(),
    cancel_previous: z.boolean().optional(),
    input: items,
    input_items: items,
    append_input_items: items,
    modalities: modalities.optional(),
    instructions: z.string().optional(),
    voice: voiceLiveVoice.optional(),
    output_audio_format: outputFormat.optional(),
    tools: toolsOf(version).optional(),
    tool_choice: z.string().min(1).optional(),
    temperature: temperature.optional(),
    max_output_tokens: tokenLimit.optional(),
    max_response_output_tokens: tokenLimit.optional(),
    reasoning_effort: reasoning.optional(),
    metadata: metadata.nullable().optional(),
    invoke_input: z.looseObject({}).optional(),
    ...(version.interimResponse ? { interim_response: interimResponse.optional() } : {}),
    ...(version.preGenerated ? { pre_generated_assistant_message: verbatim.optional() } : {}),
  })
}
