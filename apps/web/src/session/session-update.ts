import type { ClientEvent } from '@parley/core'
import type { Settings } from './settings.ts'

/** What the session needs to know besides the settings. */
export interface SessionUpdateOptions {
  /** False where the browser cannot play: answers come as text. */
  readonly audible: boolean
  /** True when the session may hold instructions that an empty field has to clear. */
  readonly clearInstructions: boolean
}

const pcm = { type: 'audio/pcm', rate: 24_000 } as const

/** The `session.update` that puts the settings into force. */
export function sessionUpdate(settings: Settings, options: SessionUpdateOptions): ClientEvent {
  const instructions = settings.instructions.trim()
  return {
    type: 'session.update',
    session: {
      type: 'realtime',
      ...((instructions !== '' || options.clearInstructions) && { instructions }),
      output_modalities: [options.audible ? 'audio' : 'text'],
      audio: {
        input: {
          format: pcm,
          turn_detection:
            settings.turnMode === 'vad'
              ? {
                  type: 'server_vad',
                  silence_duration_ms: settings.silenceMs,
                  create_response: true,
                  interrupt_response: true,
                }
              : null,
          transcription: { language: settings.language },
        },
        output: { format: pcm, ...(settings.voice !== '' && { voice: settings.voice }) },
      },
    },
  }
}

/** True when the settings differ in what `sessionUpdate` says. */
export function changesSession(before: Settings, next: Settings): boolean {
  const keys = ['voice', 'language', 'instructions', 'turnMode', 'silenceMs'] as const
  return keys.some((key) => before[key] !== next[key])
}
