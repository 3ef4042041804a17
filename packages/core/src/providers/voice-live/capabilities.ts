import type { Capabilities, Evidence, FormatCapability, PriceModel } from '../capabilities.ts'
import { hostedEvidence, realtimeBehaviour } from '../realtime-models.ts'
import { languagesOf, nativeVoices, type VoiceLivePipeline } from './models.ts'

const sdk = 'npm @azure/ai-voicelive@1.1.0'
const docs = 'https://learn.microsoft.com/azure/ai-services/speech-service'

/** What differs between the ways into Voice Live. */
export interface VoiceLiveMode {
  readonly title: string
  readonly description: string
  readonly models: readonly string[]
  readonly pipeline: VoiceLivePipeline
  readonly price: PriceModel
  readonly apiVersion: string
  /** A Foundry agent brings instructions, tools and model along. */
  readonly agent: boolean
}

const wireFormats: readonly FormatCapability[] = [
  { type: 'audio/pcm', rate: 24_000 },
  { type: 'audio/pcm', rate: 16_000 },
  { type: 'audio/pcm', rate: 8000 },
  { type: 'audio/pcmu', rate: 8000 },
  { type: 'audio/pcma', rate: 8000 },
]

/** What a Voice Live session can do in a mode. */
export function voiceLiveCapabilities(mode: VoiceLiveMode): Capabilities {
  const { title, description, models, pipeline, price, agent } = mode
  const newer = isSince2026(mode)
  const { kind, reasons, contextWindowTokens } = pipeline
  return {
    ...realtimeBehaviour,
    title,
    description,
    dialect: 'voice-live',
    models,
    inputFormats: wireFormats,
    outputFormats: wireFormats,
    turnDetection: kind === 'openai' ? ['server_vad', 'semantic_vad'] : ['server_vad'],
    inputModalities: kind === 'openai' ? ['text', 'audio', 'image'] : ['text', 'audio'],
    tools: toolsOf(mode),
    transcriptionModels: transcriptionModels(kind),
    voiceLock: 'none',
    transcriptionSessions: false,
    voices: nativeVoices(kind),
    otherVoices: true,
    languages: languagesOf(kind),
    updatable: agent
      ? ['voice', 'turn_detection', 'output_modalities']
      : ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
    sessionFields: [
      ...(agent ? [] : (['instructions'] as const)),
      'include',
      'max_output_tokens',
      'tool_choice',
      'parallel_tool_calls',
      'audio.input.noise_reduction',
      ...(reasons ? (['reasoning'] as const) : []),
    ],
    sessionExtensions: [
      'modalities',
      'temperature',
      'voice',
      'turn_detection',
      'input_audio_transcription',
      'input_audio_noise_reduction',
      'input_audio_echo_cancellation',
      'output_audio_timestamp_types',
      'animation',
      'avatar',
      'include',
      'metadata',
      ...(newer && !agent ? (['tools'] as const) : []),
      ...(newer && kind === 'cascaded' ? (['interim_response'] as const) : []),
      ...(reasons ? (['reasoning_effort'] as const) : []),
    ],
    responseExtensions: [
      'temperature',
      'voice',
      'modalities',
      'commit',
      'cancel_previous',
      'append_input_items',
      'input_items',
      'additional_instructions',
      ...(newer ? (['pre_generated_assistant_message'] as const) : []),
      ...(agent ? (['invoke_input'] as const) : []),
      ...(newer && kind === 'cascaded' ? (['interim_response'] as const) : []),
      ...(reasons ? (['reasoning_effort'] as const) : []),
    ],
    contextWindowTokens,
    price,
    evidence,
  }
}

/** Azure's recognisers come with every model; OpenAI's only beside OpenAI's own. */
function transcriptionModels(kind: VoiceLivePipeline['kind']): readonly string[] {
  const openais = ['gpt-4o-mini-transcribe', 'gpt-4o-transcribe', 'gpt-4o-transcribe-diarize', 'whisper-1']
  if (kind === 'phi') return ['azure-speech']
  const azures = [
    'azure-speech',
    'mai-transcribe',
    'mai-transcribe-1',
    'mai-transcribe-1.5',
    'mai-transcribe-2',
  ]
  return kind === 'openai' ? [...openais, ...azures] : azures
}

/** The phi models and the first versions have no MCP; an agent has its own tools. */
function toolsOf(mode: VoiceLiveMode): Capabilities['tools'] {
  if (mode.agent) return []
  return mode.pipeline.kind === 'phi' || !isSince2026(mode) ? ['function'] : ['function', 'mcp']
}

/** Versions are days: `2026-01-01-preview` brought MCP, interim responses and messages written beforehand. */
function isSince2026({ apiVersion }: VoiceLiveMode): boolean {
  return apiVersion >= '2026-01-01'
}

const evidence: readonly Evidence[] = [
  {
    fields: [
      'dialect',
      'sessionFields',
      'sessionExtensions',
      'responseExtensions',
      'inputFormats',
      'outputFormats',
      'turnDetection',
      'outputModalities',
      'truncation',
      'itemDeletion',
      'inputTranscription',
      'transcriptionModels',
      'voiceLock',
      'transcriptionSessions',
      'responseOverrides',
      'otherVoices',
    ],
    source: `${sdk}, types of the session and of response.create`,
    date: '2026-11-22',
    confidence: 'documented',
  },
  {
    fields: [
      'models',
      'tools',
      'manualTurns',
      'turnsWithoutResponse',
      'interruption',
      'sessionLimitMinutes',
      'voices',
      'updatable',
    ],
    source: `${docs}/voice-live`,
    date: '2026-11-22',
    confidence: 'documented',
  },
  {
    fields: ['inputModalities', 'historySeeding', 'outOfBandResponses', 'contextWindowTokens'],
    source: `${docs}/voice-live-how-to, which says less than the pages of the same models at OpenAI`,
    date: '2026-11-22',
    confidence: 'assumed',
  },
  {
    fields: ['price'],
    source: 'A public note of 2026-05-22 on https://azure.microsoft.com/pricing; check before use',
    date: '2026-11-22',
    confidence: 'third-party',
  },
  ...hostedEvidence,
]
