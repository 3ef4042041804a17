import { turnSettings } from '@parley/audio/turns'
import type { SemanticTurns, TurnDetectionObject } from '@parley/audio/turns'
import { RealtimeError } from '../../errors.ts'
import type { RealtimeSession, SessionConfig } from '../../events/session-config.ts'

/** Turn detection with every default filled in. */
export interface TurnDetectionSettings {
  readonly threshold: number
  readonly prefixPaddingMs: number
  /** Speech shorter than this begins no turn. */
  readonly minSpeechMs: number
  /** Silence that ends any turn. */
  readonly silenceMs: number
  readonly createResponse: boolean
  readonly interruptResponse: boolean
  readonly idleTimeoutMs: number | undefined
  /** A turn that sounds finished ends sooner, by these settings; `undefined` = by silence alone. */
  readonly semantic: SemanticTurns | undefined
}

/** A field of an update that is left out, and what the client is told of it. */
export interface LeftOut {
  readonly param: string
  readonly message: string
}

/** What every kind of turn detection is taken with; the session in front of this backend cuts interrupted answers. */
const shared = [
  'type',
  'threshold',
  'prefix_padding_ms',
  'speech_duration_ms',
  'create_response',
  'interrupt_response',
  'auto_truncate',
]
const bySilence = [...shared, 'silence_duration_ms', 'end_of_utterance_detection']
const azure = [...bySilence, 'remove_filler_words']

/** The fields that do something here, by type. */
const knownFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['none', ['type']],
  ['server_vad', [...bySilence, 'idle_timeout_ms']],
  ['semantic_vad', [...shared, 'eagerness']],
  ['azure_semantic_vad', [...azure, 'languages']],
  ['azure_semantic_vad_en', azure],
  ['azure_semantic_vad_multilingual', [...azure, 'languages']],
])

/** The update without those fields of Voice Live's turn detection that do nothing here. */
export function keepKnownDetection<Config extends SessionConfig>(
  config: Config,
): { readonly kept: Config; readonly leftOut: readonly LeftOut[] } {
  const asked = config.extensions?.turn_detection
  const known = knownFields.get(String(asked?.['type']))
  if (!asked || !known) return { kept: config, leftOut: [] }
  const isKnown = ([name]: readonly [string, unknown]): boolean => known.includes(name)
  const fields = Object.entries(asked)
  const turn_detection = Object.fromEntries(fields.filter(isKnown))
  const leftOut = fields
    .filter((field) => !isKnown(field) && asksForSomething(field[1]))
    .map(([name]) => ({
      param: `session.extensions.turn_detection.${name}`,
      message: `This backend does not know '${name}': it was left out.`,
    }))
  return { kept: { ...config, extensions: { ...config.extensions, turn_detection } }, leftOut }
}

function asksForSomething(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

/** Throws `invalid_value` for turn detection that cannot be meant. */
export function requireDetection(session: RealtimeSession): void {
  try {
    turnDetectionOf(session)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const param = 'session.extensions.turn_detection'
    throw new RealtimeError('invalid_value', `This turn detection cannot be: ${reason}.`, { param, cause })
  }
}

/**
 * Turn detection of the session, `undefined` when the client ends turns itself. Voice Live's says more than the
 * nearest of GA beside it. Throws `RangeError` where it cannot be meant.
 */
export function turnDetectionOf({ audio, extensions }: RealtimeSession): TurnDetectionSettings | undefined {
  // Whatever is not of its type is refused by the package or asks for nothing.
  const extended = extensions?.turn_detection as TurnDetectionObject | undefined
  const asked = extended ?? audio?.input?.turn_detection ?? null
  const settings = turnSettings(asked)
  switch (settings.mode) {
    case 'none':
    case 'push_to_talk':
      return undefined
    case 'semantic':
      return { ...settings, silenceMs: settings.maxSilenceMs, idleTimeoutMs: undefined, semantic: settings }
    case 'server_vad': {
      const semantic = judgingUtterances(extended)
      return { ...settings, silenceMs: semantic?.maxSilenceMs ?? settings.silenceMs, semantic }
    }
  }
}

/** What Voice Live adds to `server_vad`: its judge of whether an utterance is over, as on its semantic kinds. */
function judgingUtterances(detection: TurnDetectionObject | undefined): SemanticTurns | undefined {
  if (!detection?.end_of_utterance_detection) return undefined
  const settings = turnSettings({ ...detection, type: 'azure_semantic_vad' })
  return settings.mode === 'semantic' ? settings : undefined
}
