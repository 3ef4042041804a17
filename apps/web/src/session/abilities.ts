import type { Capabilities } from '@parley/core'

/** Things a person may want of a backend, most wanted first. */
export const abilityNames = [
  'handsFree',
  'semanticTurns',
  'pushToTalk',
  'interruption',
  'truncation',
  'transcription',
  'history',
  'forgetting',
  'images',
  'functions',
  'mcp',
  'voiceChange',
  'sideAnswers',
] as const
export type AbilityName = (typeof abilityNames)[number]

/** `native`: the backend does it; `supplied`: Parley does it in its place; `none`: it cannot be had there. */
export type AbilityState = 'native' | 'supplied' | 'none'

/** Who does what on this backend. */
export function abilitiesOf(capabilities: Capabilities): Readonly<Record<AbilityName, AbilityState>> {
  const { turnDetection, tools } = capabilities
  const listens = turnDetection.length > 0
  return {
    handsFree: listens ? 'native' : 'supplied',
    semanticTurns: nativeIf(turnDetection.includes('semantic_vad')),
    pushToTalk: capabilities.manualTurns ? 'native' : listens ? 'none' : 'supplied',
    interruption: capabilities.interruption === 'native' ? 'native' : 'supplied',
    truncation: capabilities.truncation === 'native' ? 'native' : 'supplied',
    transcription: capabilities.inputTranscription === 'native' ? 'native' : 'supplied',
    history: nativeIf(capabilities.historySeeding !== 'none'),
    forgetting: nativeIf(capabilities.itemDeletion === 'native'),
    images: nativeIf(capabilities.inputModalities.includes('image')),
    functions: nativeIf(tools.includes('function')),
    mcp: nativeIf(tools.includes('mcp')),
    voiceChange: nativeIf(changeable(capabilities).includes('voice')),
    sideAnswers: nativeIf(capabilities.outOfBandResponses),
  }
}

/** What may change in the middle of a session: a voice that is fixed by its first sound may not. */
export function changeable({ updatable, voiceLock }: Capabilities): Capabilities['updatable'] {
  return voiceLock === 'none' ? updatable : updatable.filter((field) => field !== 'voice')
}

function nativeIf(isThere: boolean): AbilityState {
  return isThere ? 'native' : 'none'
}
