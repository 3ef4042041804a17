/** Silence that ends a turn, in ms, as offered to people. */
export const silenceChoices = [300, 400, 500, 800] as const

/** How soon semantic turn detection takes a pause for the end. */
export const eagernessChoices = ['auto', 'low', 'medium', 'high'] as const

/** Speeds of the voice as offered to people; 1 is its own. */
export const speedChoices = [0.75, 1, 1.25, 1.5] as const

/** Temperatures as offered to people. */
export const temperatureChoices = [0.6, 0.7, 0.8, 0.9, 1, 1.2] as const

/** What the gateway keeps of a session. */
export const recordChoices = ['off', 'events', 'audio'] as const

/** How a backend that begins anew is told of the conversation. */
export const contextStrategies = ['summary', 'recent', 'full', 'none'] as const

/** Tokens it may be told, as offered to people. */
export const contextBudgets = [1000, 2000, 4000, 8000, 16_000, 32_000] as const

/** What a person chose; kept in the browser. Empty strings mean the default. */
export interface Settings {
  readonly backend: string
  readonly model: string
  readonly voice: string
  /** Speaking style of the voice, for voices that have some. */
  readonly voiceStyle: string
  /** A conversation, or live translation from `language` to `translateTo`. */
  readonly purpose: 'conversation' | 'translation'
  /** BCP 47 primary tag of the language that is spoken. */
  readonly language: string
  /** BCP 47 primary tag of the language that is heard in a translation. */
  readonly translateTo: string
  readonly instructions: string
  readonly turnMode: 'vad' | 'semantic' | 'push-to-talk'
  readonly silenceMs: number
  readonly eagerness: (typeof eagernessChoices)[number]
  readonly speed: number
  /** `undefined` leaves it to the backend. */
  readonly temperature: number | undefined
  /** Asked for anew with each visit, so that nobody is recorded by a choice long forgotten. */
  readonly record: (typeof recordChoices)[number]
  /** Backends that go on where the chosen one fails, in this order. */
  readonly failover: readonly string[]
  /** Empty leaves it to the gateway. */
  readonly contextStrategy: '' | (typeof contextStrategies)[number]
  /** 0 leaves it to the gateway. */
  readonly contextTokens: number
  /** Keeps the sound with the conversation. Asked for anew with each visit, as recording is. */
  readonly keepAudio: boolean
  /** Name under which the gateway knows the person, empty for nobody. */
  readonly person: string
  readonly microphoneId: string
  readonly speakerId: string
}

/**
 * The settings with another main backend. Where that one stood in the list of those that go on, the one before takes
 * its place, so that nobody drops out of the list unseen. A recording goes on for nobody.
 */
export function withBackend(settings: Settings, before: string | undefined, backend: string): Settings {
  const failover = settings.failover.flatMap((name) => {
    if (name !== backend) return [name]
    const takesPlace =
      before !== undefined && before !== backend && before !== 'replay' && !settings.failover.includes(before)
    return takesPlace ? [before] : []
  })
  return { ...settings, backend, failover, model: '', voice: '', voiceStyle: '' }
}

const turnModes: readonly Settings['turnMode'][] = ['vad', 'semantic', 'push-to-talk']

const storageKey = 'parley.settings'

/** Settings of a first visit; the spoken language starts as the language of the page. */
export function defaultSettings(language: string): Settings {
  return {
    backend: '',
    model: '',
    voice: '',
    voiceStyle: '',
    purpose: 'conversation',
    language,
    translateTo: language === 'en' ? 'de' : 'en',
    instructions: '',
    turnMode: 'vad',
    silenceMs: 400,
    eagerness: 'auto',
    speed: 1,
    temperature: undefined,
    record: 'off',
    failover: [],
    contextStrategy: '',
    contextTokens: 0,
    keepAudio: false,
    person: '',
    microphoneId: '',
    speakerId: '',
  }
}

/** Stored settings over the defaults; anything that does not fit is ignored. */
export function parseSettings(stored: string | null, defaults: Settings): Settings {
  const found = parseRecord(stored)
  const text = (key: keyof Settings, fallback: string): string => {
    const value = found[key]
    return typeof value === 'string' ? value : fallback
  }
  return {
    backend: text('backend', defaults.backend),
    model: text('model', defaults.model),
    voice: text('voice', defaults.voice),
    voiceStyle: text('voiceStyle', defaults.voiceStyle),
    purpose: found['purpose'] === 'translation' ? 'translation' : defaults.purpose,
    language: text('language', defaults.language),
    translateTo: text('translateTo', defaults.translateTo),
    instructions: text('instructions', defaults.instructions),
    turnMode: turnModes.find((mode) => mode === found['turnMode']) ?? defaults.turnMode,
    silenceMs: silenceChoices.find((choice) => choice === found['silenceMs']) ?? defaults.silenceMs,
    eagerness: eagernessChoices.find((choice) => choice === found['eagerness']) ?? defaults.eagerness,
    speed: speedChoices.find((choice) => choice === found['speed']) ?? defaults.speed,
    temperature: temperatureChoices.find((choice) => choice === found['temperature']),
    record: defaults.record,
    failover: parseNames(found['failover']) ?? defaults.failover,
    contextStrategy:
      contextStrategies.find((choice) => choice === found['contextStrategy']) ?? defaults.contextStrategy,
    contextTokens:
      contextBudgets.find((choice) => choice === found['contextTokens']) ?? defaults.contextTokens,
    keepAudio: defaults.keepAudio,
    person: text('person', defaults.person),
    microphoneId: text('microphoneId', defaults.microphoneId),
    speakerId: text('speakerId', defaults.speakerId),
  }
}

/** Reads the settings of this browser; a browser that refuses storage gives the defaults. */
export function loadSettings(defaults: Settings): Settings {
  try {
    return parseSettings(localStorage.getItem(storageKey), defaults)
  } catch {
    return defaults
  }
}

/** Keeps the settings in this browser; one that refuses storage forgets them with the page. */
export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(settings))
  } catch {
    // Private windows may refuse storage; nothing else depends on it.
  }
}

function parseNames(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.filter((name: unknown) => typeof name === 'string' && name !== '')
}

function parseRecord(stored: string | null): Readonly<Record<string, unknown>> {
  if (stored === null) return {}
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
