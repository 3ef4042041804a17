import type { Capabilities } from '@parley/core'
import type { Settings } from './settings.ts'
import { translationVoice } from './translation.ts'

/**
 * The settings with nobody to go on but backends there are, and the first by its name where there are others. The
 * backend that answers does not follow itself. Nobody is named where people are not remembered.
 */
export function fitGateway(
  settings: Settings,
  {
    chosen,
    known,
    people,
  }: { readonly chosen: string | undefined; readonly known: readonly string[]; readonly people: boolean },
): Settings {
  const failover = settings.failover.filter((name) => name !== chosen && known.includes(name))
  const person = people ? settings.person : ''
  return {
    ...settings,
    person,
    failover,
    ...(failover.length > 0 && chosen !== undefined && { backend: chosen }),
  }
}

/** True where a session of this backend heeds a field of the session object that not every backend knows. */
function knows(capabilities: Capabilities, field: Capabilities['sessionFields'][number]): boolean {
  return capabilities.sessionFields.includes(field)
}

/** The choices a backend gives beyond those every backend gives. */
export interface Choices {
  readonly models: readonly string[]
  /** False where an agent keeps the instructions it was made with. */
  readonly instructions: boolean
  readonly semanticTurns: boolean
  readonly manualTurns: boolean
  readonly speed: boolean
  readonly temperature: boolean
  readonly voiceStyle: boolean
}

/** What can be chosen on this backend. */
export function choicesOf(capabilities: Capabilities): Choices {
  return {
    models: capabilities.models,
    instructions: capabilities.updatable.includes('instructions'),
    semanticTurns: capabilities.turnDetection.includes('semantic_vad'),
    // A backend that never listens by itself leaves the turns to the gateway, and so to the talk key.
    manualTurns: capabilities.manualTurns || capabilities.turnDetection.length === 0,
    speed: knows(capabilities, 'audio.output.speed'),
    temperature: capabilities.sessionExtensions.includes('temperature'),
    voiceStyle: capabilities.sessionExtensions.includes('voice'),
  }
}

/**
 * The settings as this backend can follow them: what it does not know goes back to the default, so that nothing is
 * sent only to be refused. What a person chose is kept for the next backend.
 */
export function fitSettings(settings: Settings, capabilities: Capabilities | undefined): Settings {
  if (capabilities === undefined) return settings
  const choices = choicesOf(capabilities)
  const turnMode =
    (settings.turnMode === 'semantic' && !choices.semanticTurns) ||
    (settings.turnMode === 'push-to-talk' && !choices.manualTurns)
      ? 'vad'
      : settings.turnMode
  return {
    ...settings,
    turnMode,
    instructions: choices.instructions ? settings.instructions : '',
    model: choices.models.includes(settings.model) ? settings.model : '',
    voice: settings.purpose === 'translation' ? translationVoice(settings, capabilities) : settings.voice,
    voiceStyle: choices.voiceStyle ? settings.voiceStyle : '',
    speed: choices.speed ? settings.speed : 1,
    temperature: choices.temperature ? settings.temperature : undefined,
  }
}
