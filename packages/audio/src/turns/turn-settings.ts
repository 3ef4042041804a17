/** The client ends every turn itself. */
export interface NoTurnDetection {
  readonly mode: 'none'
}

/** Talking while a button is held. */
export interface PushToTalk {
  readonly mode: 'push_to_talk'
  /** Speech still under way at the release may go on for so long (ms). */
  readonly tailMs: number
}

/** What every mode that listens has in common. Times in ms, thresholds in [0, 1]. */
export interface ListeningTurns {
  /** Probability from which a frame is speech. */
  readonly threshold: number
  /** Sound before the onset that belongs to the turn. */
  readonly prefixPaddingMs: number
  /** Speech shorter than this begins no turn. */
  readonly minSpeechMs: number
  /** Silence at which what was said so far may be worked on, in case it is all. */
  readonly speculateMs: number
  readonly createResponse: boolean
  readonly interruptResponse: boolean
}

/** A turn ends after a fixed silence. */
export interface SilenceTurns extends ListeningTurns {
  readonly mode: 'server_vad'
  readonly silenceMs: number
  /** Silence after an answer that is answered itself, `undefined` = never. */
  readonly idleTimeoutMs: number | undefined
}

/** A turn ends after a silence that depends on how finished it sounds. */
export interface SemanticTurns extends ListeningTurns {
  readonly mode: 'semantic'
  /** Silence that ends a turn which is certainly finished. */
  readonly minSilenceMs: number
  /** Silence that ends any turn. */
  readonly maxSilenceMs: number
  /** Score from which a turn is certainly finished. */
  readonly sureScore: number
  /** What is made of fillers alone counts as nothing said. */
  readonly removeFillers: boolean
  /** BCP 47 tags the user may speak; empty = any. */
  readonly languages: readonly string[]
}

/** Who decides that a turn is over, and by what. */
export type TurnSettings = NoTurnDetection | PushToTalk | SilenceTurns | SemanticTurns

/** Whether turns are found in the sound. */
export function listens(settings: TurnSettings): settings is SilenceTurns | SemanticTurns {
  return settings.mode === 'server_vad' || settings.mode === 'semantic'
}

/** Turn detection as the wire says it: the objects of OpenAI Realtime and of Azure Voice Live. */
export interface TurnDetectionObject {
  readonly type: string
  readonly threshold?: number | null | undefined
  readonly prefix_padding_ms?: number | null | undefined
  readonly silence_duration_ms?: number | null | undefined
  readonly speech_duration_ms?: number | null | undefined
  readonly idle_timeout_ms?: number | null | undefined
  readonly eagerness?: string | null | undefined
  readonly create_response?: boolean | null | undefined
  readonly interrupt_response?: boolean | null | undefined
  readonly remove_filler_words?: boolean | null | undefined
  readonly languages?: readonly string[] | null | undefined
  readonly end_of_utterance_detection?:
    | {
        readonly threshold?: number | null | undefined
        readonly threshold_level?: string | null | undefined
        readonly timeout?: number | null | undefined
        readonly timeout_ms?: number | null | undefined
      }
    | null
    | undefined
}

const defaultSpeculateMs = 96

/**
 * Shortest and longest silence by eagerness (ms). The longest are those OpenAI documents for `semantic_vad`;
 * `auto` is `medium`.
 */
const silenceByEagerness: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  low: { least: 500, most: 8000 },
  medium: { least: 300, most: 4000 },
  auto: { least: 300, most: 4000 },
  high: { least: 160, most: 2000 },
}

/** Score that ends an utterance at once, by Azure's level; `default` is `medium`. */
const scoreByLevel: Readonly<Record<string, number>> = { low: 0.6, medium: 0.75, default: 0.75, high: 0.9 }

/**
 * Settings for a turn detection object, with the documented defaults; `null` and `none` end no turn. Throws
 * `RangeError` for a type or a value it does not know.
 */
export function turnSettings(detection: TurnDetectionObject | null): TurnSettings {
  if (detection === null || detection.type === 'none') return { mode: 'none' }
  const listening = {
    threshold: detection.threshold ?? 0.5,
    prefixPaddingMs: detection.prefix_padding_ms ?? 300,
    minSpeechMs: detection.speech_duration_ms ?? 90,
    speculateMs: defaultSpeculateMs,
    createResponse: detection.create_response ?? true,
    interruptResponse: detection.interrupt_response ?? true,
  }
  switch (detection.type) {
    case 'server_vad':
      return checked({
        mode: 'server_vad',
        ...listening,
        silenceMs: detection.silence_duration_ms ?? 500,
        idleTimeoutMs: detection.idle_timeout_ms ?? undefined,
      })
    case 'semantic_vad': {
      const silence = silenceByEagerness[detection.eagerness ?? 'auto']
      if (!silence) throw new RangeError(`no such eagerness: ${detection.eagerness}`)
      return checked({
        mode: 'semantic',
        ...listening,
        minSilenceMs: silence.least,
        maxSilenceMs: silence.most,
        sureScore: 0.75,
        removeFillers: false,
        languages: [],
      })
    }
    case 'azure_semantic_vad':
    case 'azure_semantic_vad_en':
    case 'azure_semantic_vad_multilingual':
      return checked(azureSettings(detection, listening))
    default:
      throw new RangeError(`no such turn detection: ${detection.type}`)
  }
}

/** Azure waits `silence_duration_ms`, and for what sounds unfinished until the time-out of its detection. */
function azureSettings(detection: TurnDetectionObject, listening: ListeningTurns): SemanticTurns {
  const utterance = detection.end_of_utterance_detection
  const minSilenceMs = detection.silence_duration_ms ?? 500
  const timeoutMs = utterance?.timeout_ms ?? utterance?.timeout ?? 1000
  const level = utterance?.threshold_level ?? 'default'
  const sureScore = utterance?.threshold ?? scoreByLevel[level]
  if (sureScore === undefined) throw new RangeError(`no such threshold level: ${level}`)
  return {
    ...listening,
    mode: 'semantic',
    prefixPaddingMs: detection.prefix_padding_ms ?? 420,
    minSpeechMs: detection.speech_duration_ms ?? 80,
    minSilenceMs,
    maxSilenceMs: Math.max(minSilenceMs, timeoutMs),
    sureScore,
    removeFillers: detection.remove_filler_words ?? false,
    languages: detection.type === 'azure_semantic_vad_en' ? ['en'] : (detection.languages ?? []),
  }
}

/** The settings themselves, if all of them can be meant. Throws `RangeError` otherwise. */
export function checked<Settings extends TurnSettings>(settings: Settings): Settings {
  if (settings.mode === 'none') return settings
  for (const [name, value] of Object.entries(settings)) {
    if (name.endsWith('Ms') && value !== undefined && !(Number.isFinite(value) && Number(value) >= 0))
      throw new RangeError(`${name} must be a time of 0 ms or more, got ${String(value)}`)
    if ((name === 'threshold' || name === 'sureScore') && !(Number(value) >= 0 && Number(value) <= 1))
      throw new RangeError(`${name} must be between 0 and 1, got ${String(value)}`)
  }
  if (settings.mode === 'semantic' && settings.minSilenceMs > settings.maxSilenceMs)
    throw new RangeError(`need minSilenceMs <= maxSilenceMs, got ${settings.minSilenceMs}`)
  return settings
}
