import type { Capabilities } from '../capabilities.ts'
import { realtimeLanguages, realtimeModel, realtimePrices, realtimeVoices } from '../realtime-models.ts'

const day = '2026-11-22'
const guides = 'https://developers.openai.com/api/docs/guides'

/** What OpenAI Realtime can do with a model. */
export function openaiCapabilities(model: string): Capabilities {
  const { reasons, contextWindowTokens } = realtimeModel(model)
  return {
    title: 'OpenAI Realtime',
    description: `OpenAI's speech-to-speech models over the Realtime API, by default ${model}.`,
    dialect: 'openai-ga',
    models: [
      'gpt-realtime-2.1',
      'gpt-realtime-2.1-mini',
      'gpt-realtime-2',
      'gpt-realtime-1.5',
      'gpt-realtime',
      'gpt-realtime-mini',
    ],
    inputFormats: wireFormats,
    outputFormats: wireFormats,
    turnDetection: ['server_vad', 'semantic_vad'],
    manualTurns: true,
    turnsWithoutResponse: true,
    interruption: 'native',
    outputModalities: ['audio', 'text'],
    inputModalities: ['text', 'audio', 'image'],
    truncation: 'native',
    itemDeletion: 'native',
    historySeeding: 'items',
    tools: ['function', 'mcp'],
    inputTranscription: 'native',
    transcriptionSessions: true,
    outOfBandResponses: true,
    responseOverrides: true,
    voices: realtimeVoices,
    otherVoices: true,
    languages: realtimeLanguages,
    updatable: ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
    sessionFields: [
      'tracing',
      'prompt',
      'truncation',
      'include',
      'max_output_tokens',
      'tool_choice',
      'audio.input.noise_reduction',
      'audio.input.turn_detection.idle_timeout_ms',
      'audio.output.speed',
      ...(reasons ? (['reasoning', 'parallel_tool_calls'] as const) : []),
    ],
    sessionExtensions: [],
    responseExtensions: [],
    sessionLimitMinutes: 60,
    contextWindowTokens,
    keepAlive: 'ping',
    price: { kind: 'tokens', byModel: realtimePrices },
    local: false,
    evidence: [
      {
        fields: [
          'dialect',
          'models',
          'inputFormats',
          'outputFormats',
          'outputModalities',
          'inputModalities',
          'tools',
          'inputTranscription',
          'responseOverrides',
          'voices',
          'otherVoices',
          'sessionFields',
          'sessionExtensions',
          'responseExtensions',
          'updatable',
        ],
        source: 'npm openai@7.57.0 resources/realtime',
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['turnDetection', 'manualTurns', 'turnsWithoutResponse'],
        source: `${guides}/realtime-vad`,
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['interruption', 'truncation', 'itemDeletion', 'outOfBandResponses', 'sessionLimitMinutes'],
        source: `${guides}/realtime-conversations`,
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['historySeeding'],
        source: `${guides}/realtime-conversations, for text items; audio of the assistant cannot be created`,
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['transcriptionSessions'],
        source: `${guides}/realtime-transcription`,
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['languages'],
        source: 'https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-language-support',
        date: '2026-11-23',
        confidence: 'documented',
      },
      {
        fields: ['contextWindowTokens', 'price'],
        source: 'https://developers.openai.com/api/docs/models',
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['keepAlive'],
        source: 'RFC 6455 section 5.5.2: an endpoint that gets a ping answers with a pong',
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['local'],
        source: 'https://api.openai.com is on the internet',
        date: day,
        confidence: 'documented',
      },
    ],
  }
}

const wireFormats = [
  { type: 'audio/pcm', rate: 24_000 },
  { type: 'audio/pcmu', rate: 8000 },
  { type: 'audio/pcma', rate: 8000 },
] as const
