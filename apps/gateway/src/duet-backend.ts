import { RealtimeError } from '@parley/core'
import type { Provider } from '@parley/core'
import type { Stages, TextToSpeech } from '@parley/core/providers/cascade'
import { duet } from '@parley/core/providers/duet'
import type { DuetBackend, DuetVoice } from '@parley/core/providers/duet'
import { createId } from './ids.ts'
import type { ProviderSettings } from './provider-settings.ts'
import { stageVoices } from './stage-voices.ts'

/** What a duet can be made from. */
export interface DuetParts {
  /** Every other backend. */
  readonly backends: ReadonlyMap<string, Provider>
  readonly local: Stages
  /** The voice of your own speech services, where there is one. */
  readonly service: TextToSpeech | undefined
}

/**
 * The backend `duet`. Its voice is a backend that speaks given text, or for `local` and `cascade` their
 * text-to-speech alone. Throws `invalid_value` naming the variable at fault.
 */
export function duetBackend(
  { mind, voice }: NonNullable<ProviderSettings['duet']>,
  parts: DuetParts,
): Provider {
  const engine = voice === 'local' ? parts.local.tts : voice === 'cascade' ? parts.service : undefined
  const speaks: DuetVoice =
    engine === undefined
      ? named(voice, 'PARLEY_DUET_VOICE', parts)
      : { tts: engine, capabilities: { local: voice === 'local' } }
  try {
    const provider = duet({
      name: 'duet',
      mind: named(mind, 'PARLEY_DUET_MIND', parts),
      voice: speaks,
      now: Date.now,
      newId: createId,
    })
    return engine === undefined ? provider : { ...provider, voices: stageVoices(engine) }
  } catch (cause) {
    if (!(cause instanceof RealtimeError) || cause.code !== 'unsupported') throw cause
    throw new RealtimeError(
      'invalid_value',
      `PARLEY_DUET_MIND and PARLEY_DUET_VOICE do not fit: ${cause.message}`,
      { cause },
    )
  }
}

function named(text: string, setting: string, { backends }: DuetParts): DuetBackend {
  const slash = text.indexOf('/')
  const [name, model] = slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)]
  const provider = backends.get(name)
  if (provider !== undefined) return { provider, model }
  const known = [...backends.keys()].join(', ')
  throw new RealtimeError(
    'invalid_value',
    `${setting} begins with the name of a backend that is set up: ${known}.`,
  )
}
