import type { Capabilities } from '../capabilities.ts'
import { hostedEvidence, realtimeBehaviour, realtimeModel, realtimePrices } from '../realtime-models.ts'

const day = '2026-11-22'
const guides = 'https://developers.openai.com/api/docs/guides'

/** What OpenAI Realtime can do with a model. */
export function openaiCapabilities(model: string): Capabilities {
  const { reasons, contextWindowTokens } = realtimeModel(model)
  return {
    ...realtimeBehaviour,
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
    inputModalities: ['text', 'audio', 'image'],
    tools: ['function', 'mcp'],
    transcriptionModels: [
      'gpt-4o-mini-transcribe',
      'gpt-4o-mini-transcribe-2025-12-15',
      'gpt-4o-transcribe',
      'gpt-4o-transcribe-diarize',
      'gpt-transcribe',
      'gpt-live-transcribe',
      'gpt-realtime-whisper',
      'whisper-1',
    ],
    transcriptionSessions: true,
    otherVoices: true,
    sessionFields: [
      'instructions',
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
    contextWindowTokens,
    price: { kind: 'tokens', byModel: realtimePrices },
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
          'transcriptionModels',
          'voiceLock',
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
        fields: ['contextWindowTokens', 'price'],
        source: 'https://developers.openai.com/api/docs/models',
        date: day,
        confidence: 'documented',
      },
      ...hostedEvidence,
    ],
  }
}
