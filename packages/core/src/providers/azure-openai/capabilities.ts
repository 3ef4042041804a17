import type { Capabilities } from '../capabilities.ts'
import { hostedEvidence, realtimeBehaviour, realtimeModel, realtimeVoices } from '../realtime-models.ts'

const day = '2026-11-22'
const guide = 'https://learn.microsoft.com/azure/foundry/openai/how-to/realtime-audio'
const reference = 'https://learn.microsoft.com/azure/foundry/openai/realtime-audio-reference'

/** What a GA deployment can do. The name of a deployment tells its model where it begins with one. */
export function gaCapabilities(deployment: string): Capabilities {
  const { reasons, contextWindowTokens } = realtimeModel(deployment)
  return {
    ...both,
    title: 'Azure OpenAI Realtime',
    description: `Your deployment ${deployment} of a realtime model in Azure OpenAI.`,
    dialect: 'openai-ga',
    models: [deployment],
    inputModalities: ['text', 'audio', 'image'],
    tools: ['function', 'mcp'],
    transcriptionSessions: true,
    sessionFields: [
      'instructions',
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
    contextWindowTokens,
  }
}

/** What the preview path can do: the events of OpenAI's beta. */
export function previewCapabilities(deployment: string): Capabilities {
  return {
    ...both,
    title: 'Azure OpenAI Realtime (preview)',
    description: `Your deployment ${deployment} of a realtime model in Azure OpenAI, by its preview API.`,
    dialect: 'openai-beta',
    models: [deployment],
    inputModalities: ['text', 'audio'],
    tools: ['function'],
    transcriptionSessions: false,
    // The two newest came with GA.
    voices: realtimeVoices.filter(({ name }) => name !== 'marin' && name !== 'cedar'),
    sessionFields: ['instructions', 'max_output_tokens', 'tool_choice', 'audio.input.noise_reduction'],
    sessionExtensions: ['temperature'],
    responseExtensions: ['temperature'],
    contextWindowTokens: undefined,
  }
}

const both = {
  ...realtimeBehaviour,
  // Names of deployments, which only their owner knows.
  transcriptionModels: [],
  otherVoices: false,
  responseExtensions: [],
  price: { kind: 'unknown' },
  evidence: [
    {
      fields: [
        'models',
        'outputModalities',
        'inputModalities',
        'tools',
        'interruption',
        'sessionLimitMinutes',
        'manualTurns',
        'turnsWithoutResponse',
      ],
      source: guide,
      date: day,
      confidence: 'documented',
    },
    {
      fields: [
        'dialect',
        'inputFormats',
        'outputFormats',
        'turnDetection',
        'truncation',
        'itemDeletion',
        'inputTranscription',
        'transcriptionModels',
        'voiceLock',
        'outOfBandResponses',
        'responseOverrides',
        'voices',
        'otherVoices',
        'updatable',
        'sessionFields',
        'sessionExtensions',
        'responseExtensions',
        'transcriptionSessions',
      ],
      source: reference,
      date: day,
      confidence: 'documented',
    },
    {
      fields: ['historySeeding', 'contextWindowTokens'],
      source: 'The same models at OpenAI: https://developers.openai.com/api/docs/models',
      date: day,
      confidence: 'assumed',
    },
    {
      fields: ['price'],
      source: 'https://azure.microsoft.com/pricing: depends on the contract and region',
      date: day,
      confidence: 'assumed',
    },
    ...hostedEvidence,
  ],
} as const satisfies Partial<Capabilities>
