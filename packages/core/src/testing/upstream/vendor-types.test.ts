import type {
  RealtimeAudioConfigInput,
  RealtimeResponseCreateParams,
  RealtimeSessionCreateRequest,
  RealtimeTranscriptionSessionCreateRequest,
} from 'openai/resources/realtime/realtime'
import type { ResponseCreateEvent, SessionUpdateEvent } from 'openai-beta/resources/beta/realtime/realtime'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { betaResponse, betaSession } from './rules/beta-session.ts'
import { gaResponse, gaSession, type GaRules } from './rules/ga-session.ts'
import { itemSchema } from './rules/items.ts'
import { refusalOf } from './rules/refusal.ts'

/** Every field there is: a sample of this type stops compiling when the vendor adds one. */
type Every<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? string extends keyof T
      ? T
      : { [K in keyof T]-?: Every<Exclude<T[K], undefined>> }
    : T

const rules: GaRules = {
  transcriptionModel: z.string(),
  tracing: true,
  prompt: true,
  turnDetectionNone: false,
}
const functionTool = {
  type: 'function',
  name: 'look_up',
  description: 'Finds a word.',
  parameters: { type: 'object' },
} as const
const input: Every<RealtimeAudioConfigInput> = {
  format: { type: 'audio/pcm', rate: 24_000 },
  noise_reduction: { type: 'near_field', strength: 0.5 },
  transcription: {
    model: 'gpt-realtime-whisper',
    language: 'de',
    languages: ['de'],
    keywords: ['Parley'],
    prompt: 'Names.',
    delay: 'low',
  },
  turn_detection: {
    type: 'server_vad',
    threshold: 0.5,
    prefix_padding_ms: 300,
    silence_duration_ms: 500,
    create_response: true,
    interrupt_response: true,
    idle_timeout_ms: 6000,
  },
}
const common = {
  instructions: 'Be brief.',
  max_output_tokens: 100,
  output_modalities: ['audio'] as ('audio' | 'text')[],
  parallel_tool_calls: true,
  prompt: { id: 'pmpt_1', version: '2', variables: { city: 'Graz' } },
  reasoning: { effort: 'low' },
  tool_choice: { type: 'function', name: 'look_up' },
  tools: [functionTool],
} as const

describe('the rules take every field the vendor types have:', () => {
  it('a GA session', () => {
    const session: Every<Omit<RealtimeSessionCreateRequest, 'tools' | 'prompt'>> = {
      ...common,
      type: 'realtime',
      model: 'gpt-realtime-2.1',
      audio: {
        input,
        output: { format: { type: 'audio/pcm', rate: 24_000 }, speed: 1, voice: 'marin' },
      },
      include: ['item.input_audio_transcription.logprobs'],
      tracing: { workflow_name: 'a', group_id: 'b', metadata: { c: 'd' } },
      truncation: { type: 'retention_ratio', retention_ratio: 0.5, token_limits: { post_instructions: 1 } },
    }
    expect(refusalOf(gaSession(rules), session)).toBeUndefined()
  })

  it('a GA transcription session', () => {
    const session: Every<RealtimeTranscriptionSessionCreateRequest> = {
      type: 'transcription',
      audio: { input },
      include: ['item.input_audio_transcription.logprobs'],
    }
    expect(refusalOf(gaSession(rules), session)).toBeUndefined()
  })

  it('a GA response', () => {
    const item = itemSchema({ assistantText: 'output_text', image: 'image_url', mcp: true })
    const response: Every<Omit<RealtimeResponseCreateParams, 'tools' | 'prompt' | 'input'>> = {
      ...common,
      audio: { output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'marin' } },
      conversation: 'none',
      metadata: { topic: 'aside' },
    }
    expect(refusalOf(gaResponse(item, rules), response)).toBeUndefined()
  })

  it('a beta session, but for secrets and the model', () => {
    const session: Every<Omit<SessionUpdateEvent.Session, 'client_secret' | 'model'>> = {
      input_audio_format: 'pcm16',
      input_audio_noise_reduction: { type: 'far_field' },
      input_audio_transcription: { model: 'a', language: 'de', prompt: 'Names.' },
      instructions: 'Be brief.',
      max_response_output_tokens: 'inf',
      modalities: ['text', 'audio'],
      output_audio_format: 'g711_alaw',
      temperature: 0.8,
      tool_choice: 'auto',
      tools: [functionTool],
      turn_detection: {
        type: 'semantic_vad',
        eagerness: 'low',
        create_response: true,
        interrupt_response: true,
      } as Every<SessionUpdateEvent.Session.TurnDetection>,
      voice: 'alloy',
    }
    expect(refusalOf(betaSession(z.string()), session)).toBeUndefined()
  })

  it('a beta response', () => {
    const item = itemSchema({ assistantText: 'text', image: 'none', mcp: false })
    const response: Every<Omit<ResponseCreateEvent.Response, 'input'>> = {
      conversation: 'none',
      instructions: 'Be brief.',
      max_response_output_tokens: 100,
      metadata: { topic: 'aside' },
      modalities: ['text'],
      output_audio_format: 'pcm16',
      temperature: 0.8,
      tool_choice: 'auto',
      tools: [functionTool],
      voice: 'alloy',
    }
    expect(refusalOf(betaResponse(item), response)).toBeUndefined()
  })
})
