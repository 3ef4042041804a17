import type { Capabilities } from '../capabilities.ts'

/** What is known of the server. */
export interface CompatibleServer {
  readonly name: string
  readonly model?: string
  readonly dialect: 'openai-ga' | 'openai-beta'
}

/**
 * What servers that call themselves compatible have in common. It is little: the session supplies the rest, which
 * works on a server that could do more.
 */
export function compatibleCapabilities({ name, model, dialect }: CompatibleServer): Capabilities {
  return {
    title: name,
    description: 'A server that speaks the events of OpenAI Realtime. Its languages are not known.',
    dialect,
    models: model === undefined ? [] : [model],
    inputFormats: [{ type: 'audio/pcm', rate: 24_000 }],
    outputFormats: [{ type: 'audio/pcm', rate: 24_000 }],
    turnDetection: ['server_vad'],
    manualTurns: true,
    turnsWithoutResponse: true,
    interruption: 'native',
    outputModalities: ['audio', 'text'],
    inputModalities: ['text', 'audio'],
    truncation: 'none',
    itemDeletion: 'none',
    historySeeding: 'items',
    tools: ['function'],
    inputTranscription: 'native',
    transcriptionModels: [],
    voiceLock: 'first-sound',
    transcriptionSessions: false,
    outOfBandResponses: false,
    responseOverrides: false,
    voices: [],
    otherVoices: true,
    languages: [],
    updatable: ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
    sessionFields: ['tool_choice'],
    sessionExtensions: [],
    responseExtensions: [],
    sessionLimitMinutes: undefined,
    contextWindowTokens: undefined,
    keepAlive: 'ping',
    price: { kind: 'unknown' },
    local: false,
    evidence: [
      {
        fields: [
          'dialect',
          'models',
          'inputFormats',
          'outputFormats',
          'turnDetection',
          'manualTurns',
          'turnsWithoutResponse',
          'interruption',
          'outputModalities',
          'inputModalities',
          'truncation',
          'itemDeletion',
          'historySeeding',
          'tools',
          'inputTranscription',
          'transcriptionModels',
          'voiceLock',
          'transcriptionSessions',
          'outOfBandResponses',
          'responseOverrides',
          'voices',
          'otherVoices',
          'languages',
          'updatable',
          'sessionFields',
          'sessionExtensions',
          'responseExtensions',
          'sessionLimitMinutes',
          'contextWindowTokens',
          'keepAlive',
          'price',
          'local',
        ],
        source: 'A careful guess, or told by whoever configured the server',
        date: '2026-11-23',
        confidence: 'assumed',
      },
    ],
  }
}
