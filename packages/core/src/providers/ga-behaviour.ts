import type { Capabilities, Evidence } from './capabilities.ts'

/** What a server that speaks GA says of itself; what it leaves out is `gaBehaviour`. */
export type GaServer = Partial<Capabilities> &
  Pick<Capabilities, 'title' | 'description' | 'models' | 'evidence'>

/**
 * What servers that call themselves compatible with OpenAI Realtime have in common, and no vendor's document. It is
 * little: the session supplies the rest, which works on a server that could do more.
 */
const gaBehaviour = {
  dialect: 'openai-ga',
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
  transcriptionSessions: false,
  outOfBandResponses: false,
  responseOverrides: false,
  voices: [],
  voiceLock: 'first-sound',
  otherVoices: true,
  languages: [],
  updatable: ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
  sessionFields: ['instructions', 'tool_choice'],
  sessionExtensions: [],
  responseExtensions: [],
  sessionLimitMinutes: 'unknown',
  contextWindowTokens: undefined,
  keepAlive: 'ping',
  price: { kind: 'unknown' },
  local: false,
} as const satisfies Partial<Capabilities>

/**
 * Capabilities of a server that speaks GA: what it declares, over what such servers have in common. The latter gets
 * evidence here, `assumed`; what the server declares needs its own.
 */
export function gaServerCapabilities(server: GaServer): Capabilities {
  const covered = new Set([...Object.keys(server), ...server.evidence.flatMap(({ fields }) => fields)])
  // Checked by `satisfies`: the keys of a part of a record of capabilities.
  const names = Object.keys(gaBehaviour) as (keyof typeof gaBehaviour)[]
  const common: Evidence = {
    fields: names.filter((name) => !covered.has(name)),
    source: 'No document: what servers that speak the events of OpenAI Realtime have in common',
    date: '2026-11-23',
    confidence: 'assumed',
  }
  return { ...gaBehaviour, ...server, evidence: [...server.evidence, common] }
}
