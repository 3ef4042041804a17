import type { Capabilities, SessionUpdate } from '@parley/core'
import type { Settings } from './settings.ts'
import { translationInstructions } from './translation.ts'

/** What the session needs to know besides the settings. */
export interface SessionUpdateOptions {
  /** False where the browser cannot play: answers come as text. */
  readonly audible: boolean
  /** The settings that are in force, `undefined` in a new session: what they had and the new ones lack is cleared. */
  readonly before: Settings | undefined
}

const pcm = { type: 'audio/pcm', rate: 24_000 } as const

/** The `session.update` that puts the settings into force. */
export function sessionUpdate(settings: Settings, { audible, before }: SessionUpdateOptions): SessionUpdate {
  const instructions = instructionsOf(settings)
  const clears = before !== undefined && instructionsOf(before) !== ''
  const extensions = extensionsOf(settings)
  return {
    type: 'session.update',
    session: {
      type: 'realtime',
      ...((instructions !== '' || clears) && { instructions }),
      output_modalities: [audible ? 'audio' : 'text'],
      audio: {
        input: {
          format: pcm,
          turn_detection: turnDetectionOf(settings),
          transcription: { language: settings.language },
        },
        output: {
          format: pcm,
          ...(settings.voice !== '' && { voice: settings.voice }),
          ...((settings.speed !== 1 || (before !== undefined && before.speed !== 1)) && {
            speed: settings.speed,
          }),
        },
      },
      ...(Object.keys(extensions).length > 0 && { extensions }),
    },
  }
}

function instructionsOf(settings: Settings): string {
  return settings.purpose === 'translation' ? translationInstructions(settings) : settings.instructions.trim()
}

function turnDetectionOf({ turnMode, silenceMs, eagerness }: Settings) {
  const answers = { create_response: true, interrupt_response: true }
  switch (turnMode) {
    case 'vad':
      return { type: 'server_vad' as const, silence_duration_ms: silenceMs, ...answers }
    case 'semantic':
      return { type: 'semantic_vad' as const, eagerness, ...answers }
    case 'push-to-talk':
      return null
  }
}

function extensionsOf({ temperature, voice, voiceStyle }: Settings) {
  return {
    ...(temperature !== undefined && { temperature }),
    ...(voiceStyle !== '' &&
      voice !== '' && { voice: { type: 'azure-standard', name: voice, style: voiceStyle } }),
  }
}

const sessionKeys = [
  'voice',
  'voiceStyle',
  'purpose',
  'language',
  'translateTo',
  'instructions',
  'turnMode',
  'silenceMs',
  'eagerness',
  'speed',
  'temperature',
] as const

/** True when the settings differ in what `sessionUpdate` says. */
export function changesSession(before: Settings, next: Settings): boolean {
  return sessionKeys.some((key) => before[key] !== next[key])
}

/** True when the change takes a new session: another backend or model, or what this backend only takes at the start. */
export function needsNewSession(
  before: Settings,
  next: Settings,
  updatable: Capabilities['updatable'] | undefined,
): boolean {
  const differs = (...keys: readonly (keyof Settings)[]): boolean =>
    keys.some((key) => before[key] !== next[key])
  const can = (field: Capabilities['updatable'][number]): boolean => updatable?.includes(field) ?? true
  return (
    differs('backend', 'model', 'contextStrategy', 'contextTokens', 'keepAudio', 'person') ||
    before.failover.join() !== next.failover.join() ||
    // A session has no word for the default of these, which a new one has.
    (before.temperature !== undefined && next.temperature === undefined) ||
    (before.voice !== '' && next.voice === '') ||
    (before.voiceStyle !== '' && next.voiceStyle === '') ||
    (differs('voice', 'voiceStyle') && !can('voice')) ||
    (instructionsOf(before) !== instructionsOf(next) && !can('instructions')) ||
    (differs('turnMode', 'silenceMs', 'eagerness') && !can('turn_detection'))
  )
}
