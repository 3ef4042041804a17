import type { CassetteHeader } from '../../cassette/format.ts'
import type { Capabilities } from '../capabilities.ts'
import { replayFormat } from './recorded-sound.ts'

/** What every replay can do; the rest is up to the recorded backend. */
export const replayCapabilities: Capabilities = {
  title: 'Replay',
  description:
    'A recorded session, served again with its own timing: the answers are those of the recording.',
  dialect: undefined,
  models: [],
  inputFormats: [replayFormat],
  outputFormats: [replayFormat],
  turnDetection: ['server_vad'],
  manualTurns: true,
  turnsWithoutResponse: true,
  interruption: 'native',
  outputModalities: ['audio', 'text'],
  inputModalities: ['text', 'audio', 'image'],
  truncation: 'native',
  itemDeletion: 'native',
  historySeeding: 'items',
  tools: ['function'],
  inputTranscription: 'native',
  transcriptionModels: [],
  transcriptionSessions: false,
  outOfBandResponses: false,
  responseOverrides: false,
  voices: [],
  voiceLock: 'none',
  otherVoices: true,
  languages: [],
  updatable: ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
  sessionFields: ['instructions', 'tool_choice'],
  sessionExtensions: [],
  responseExtensions: [],
  sessionLimitMinutes: undefined,
  contextWindowTokens: undefined,
  keepAlive: 'none',
  price: { kind: 'free' },
  local: true,
  evidence: [],
}

/** Of the replay of one cassette. */
export function capabilitiesOf({ id, title, capabilities: recorded }: CassetteHeader): Capabilities {
  const { turnDetection, interruption, outputModalities, inputTranscription, dialect } = recorded
  return {
    ...replayCapabilities,
    title: `Replay of ${title ?? id}`,
    description: `A session with ${recorded.title}, served again: the answers are those of the recording.`,
    dialect,
    turnDetection,
    interruption,
    outputModalities,
    inputTranscription,
  }
}
