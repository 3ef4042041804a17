import type {
  Capabilities,
  Evidence,
  LanguageCapability,
  TokenPrices,
  VoiceCapability,
} from './capabilities.ts'

/** What is known of a model of the gpt-realtime family, wherever it is hosted. */
export interface RealtimeModel {
  /** It takes `reasoning` and `parallel_tool_calls`. */
  readonly reasons: boolean
  readonly contextWindowTokens: number
}

/** Facts about a model by its name; a name of no known family counts as the plainest. */
export function realtimeModel(name: string): RealtimeModel {
  return /^gpt-realtime-2(?:[.-]|$)/.test(name)
    ? { reasons: true, contextWindowTokens: 128_000 }
    : { reasons: false, contextWindowTokens: 32_768 }
}

/** Voices of the gpt-realtime family. The vendor gives no gender. They speak every language of the model. */
export const realtimeVoices: readonly VoiceCapability[] = [
  'marin',
  'cedar',
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
].map((name) => ({
  name,
  title: `${name[0]?.toUpperCase()}${name.slice(1)}`,
  languages: [],
  engine: 'openai',
}))

/** The languages in which the vendor measured a word error rate below one half, as ISO 639 codes. */
export const realtimeLanguages: readonly LanguageCapability[] = (
  'af ar hy az be bs bg ca zh hr cs da nl en et fi fr gl de el he hi hu is id it ja kn kk ko lv lt mk ms mr mi ' +
  'ne no fa pl pt ro ru sr sk sl es sw sv tl ta th tr uk ur vi cy'
)
  .split(' ')
  .map((code) => ({ code, recognition: 'ready', speech: 'ready', downloads: [] }))

const full: TokenPrices = {
  textIn: 4,
  textCachedIn: 0.4,
  textOut: 24,
  audioIn: 32,
  audioCachedIn: 0.4,
  audioOut: 64,
  imageIn: 5,
  imageCachedIn: 0.5,
}

/** List prices of the vendor's model pages, read on 2026-11-22. */
export const realtimePrices: Readonly<Record<string, TokenPrices>> = {
  'gpt-realtime-2.1': full,
  'gpt-realtime-2': full,
  'gpt-realtime-1.5': { ...full, textOut: 16 },
  'gpt-realtime-2.1-mini': {
    textIn: 0.6,
    textCachedIn: 0.06,
    textOut: 2.4,
    audioIn: 10,
    audioCachedIn: 0.3,
    audioOut: 20,
    imageIn: 0.8,
    imageCachedIn: 0.08,
  },
}

/** What the gpt-realtime family does wherever it is hosted. */
export const realtimeBehaviour = {
  inputFormats: [
    { type: 'audio/pcm', rate: 24_000 },
    { type: 'audio/pcmu', rate: 8000 },
    { type: 'audio/pcma', rate: 8000 },
  ],
  outputFormats: [
    { type: 'audio/pcm', rate: 24_000 },
    { type: 'audio/pcmu', rate: 8000 },
    { type: 'audio/pcma', rate: 8000 },
  ],
  turnDetection: ['server_vad', 'semantic_vad'],
  manualTurns: true,
  turnsWithoutResponse: true,
  interruption: 'native',
  outputModalities: ['audio', 'text'],
  truncation: 'native',
  itemDeletion: 'native',
  historySeeding: 'items',
  inputTranscription: 'native',
  voiceLock: 'first-sound',
  outOfBandResponses: true,
  responseOverrides: true,
  voices: realtimeVoices,
  languages: realtimeLanguages,
  updatable: ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
  sessionLimitMinutes: 60,
  keepAlive: 'ping',
  local: false,
} as const satisfies Partial<Capabilities>

/** Evidence that is the same for every service on the internet that hosts the family. */
export const hostedEvidence: readonly Evidence[] = [
  {
    fields: ['languages'],
    source: 'https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-language-support',
    date: '2026-11-23',
    confidence: 'documented',
  },
  {
    fields: ['keepAlive'],
    source: 'RFC 6455 section 5.5.2: an endpoint that gets a ping answers with a pong',
    date: '2026-11-23',
    confidence: 'documented',
  },
  {
    fields: ['local'],
    source: 'The address of the service is on the internet',
    date: '2026-11-23',
    confidence: 'documented',
  },
]
