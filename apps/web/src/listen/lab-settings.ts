/** Sources of speech probabilities that can be tried. */
export const detectorNames = ['silero', 'energy'] as const

/** A source of speech probabilities by name. */
export type DetectorName = (typeof detectorNames)[number]

/** How soon OpenAI's semantic detection takes a pause for the end. */
export const eagernessNames = ['low', 'auto', 'high'] as const

/** How finished a turn must sound for Azure's semantic detection. */
export const sureLevels = ['low', 'medium', 'high'] as const

/** Who ends a turn, by the types that session objects know. */
export const turnModes = ['server_vad', 'semantic_vad', 'azure_semantic_vad'] as const

/** A way to end turns, as the `type` of its session object. */
export type TurnMode = (typeof turnModes)[number]

/** Everything that can be moved in the lab. Times in ms, thresholds in [0, 1], levels in dB. */
export interface LabSettings {
  readonly detector: DetectorName
  /** Level over the noise floor that the energy detector takes for speech. */
  readonly energyThresholdDb: number
  /** The energy detector never assumes a lower noise floor (dBFS). */
  readonly energyFloorDbfs: number
  readonly enterThreshold: number
  readonly leaveThreshold: number
  readonly minSpeechMs: number
  readonly prefixPaddingMs: number
  /** Sound after the end of speech that belongs to the turn. */
  readonly tailMs: number
  readonly mode: TurnMode
  /** Silence that ends a turn; for Azure's semantic detection the least that does. */
  readonly silenceMs: number
  /** Silence at which an answer may be begun, in case the turn is over. */
  readonly pauseMs: number
  readonly eagerness: (typeof eagernessNames)[number]
  /** Longest silence of Azure's semantic detection. */
  readonly timeoutMs: number
  readonly sureLevel: (typeof sureLevels)[number]
}

/** The settings that are numbers. */
export type LabNumber = {
  [Key in keyof LabSettings]: LabSettings[Key] extends number ? Key : never
}[keyof LabSettings]

/** What a slider may give. */
export interface NumberRange {
  readonly min: number
  readonly max: number
  readonly step: number
  readonly unit: 'ms' | 'dB' | 'share'
}

const time = (max: number, min = 0, step = 10): NumberRange => ({ min, max, step, unit: 'ms' })
const share: NumberRange = { min: 0, max: 1, step: 0.01, unit: 'share' }

/** Range of each number. */
export const labRanges: Readonly<Record<LabNumber, NumberRange>> = {
  energyThresholdDb: { min: 3, max: 30, step: 0.5, unit: 'dB' },
  energyFloorDbfs: { min: -90, max: -30, step: 1, unit: 'dB' },
  enterThreshold: share,
  leaveThreshold: share,
  minSpeechMs: time(500),
  prefixPaddingMs: time(1000),
  tailMs: time(1000),
  silenceMs: time(3000, 50),
  pauseMs: time(1000, 0, 8),
  timeoutMs: time(8000, 50, 50),
}

/** What sessions of Parley begin with. */
export const defaultLabSettings: LabSettings = {
  detector: 'silero',
  energyThresholdDb: 10,
  energyFloorDbfs: -65,
  enterThreshold: 0.5,
  leaveThreshold: 0.35,
  minSpeechMs: 90,
  prefixPaddingMs: 300,
  tailMs: 100,
  mode: 'server_vad',
  silenceMs: 500,
  pauseMs: 96,
  eagerness: 'auto',
  timeoutMs: 1000,
  sureLevel: 'medium',
}

/** Settings with one change. The leave threshold never lies over the enter threshold: the one that was moved wins. */
export function changedLabSettings(settings: LabSettings, change: Partial<LabSettings>): LabSettings {
  const next = { ...settings, ...change }
  if (next.leaveThreshold <= next.enterThreshold) return next
  return change.leaveThreshold === undefined
    ? { ...next, leaveThreshold: next.enterThreshold }
    : { ...next, enterThreshold: next.leaveThreshold }
}

/** Stored settings over the defaults; anything that does not fit is ignored. */
export function parseLabSettings(stored: string | null): LabSettings {
  const found = parseRecord(stored)
  const choice = <T>(key: keyof LabSettings, choices: readonly T[], fallback: T): T =>
    choices.find((name) => name === found[key]) ?? fallback
  const settings = {
    ...defaultLabSettings,
    detector: choice('detector', detectorNames, defaultLabSettings.detector),
    mode: choice('mode', turnModes, defaultLabSettings.mode),
    eagerness: choice('eagerness', eagernessNames, defaultLabSettings.eagerness),
    sureLevel: choice('sureLevel', sureLevels, defaultLabSettings.sureLevel),
  }
  for (const [key, { min, max }] of Object.entries(labRanges)) {
    const value = found[key]
    if (typeof value === 'number' && value >= min && value <= max) Object.assign(settings, { [key]: value })
  }
  return changedLabSettings(settings, {})
}

function parseRecord(stored: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
