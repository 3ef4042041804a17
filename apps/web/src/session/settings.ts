/** Silence that ends a turn, in ms, as offered to people. */
export const silenceChoices = [300, 400, 500, 800] as const

/** What a person chose; kept in the browser. Empty strings mean the default. */
export interface Settings {
  readonly backend: string
  readonly voice: string
  /** BCP 47 primary tag of the language that is spoken. */
  readonly language: string
  readonly instructions: string
  readonly turnMode: 'vad' | 'push-to-talk'
  readonly silenceMs: number
  readonly microphoneId: string
  readonly speakerId: string
}

const storageKey = 'parley.settings'

/** Settings of a first visit; the spoken language starts as the language of the page. */
export function defaultSettings(language: string): Settings {
  return {
    backend: '',
    voice: '',
    language,
    instructions: '',
    turnMode: 'vad',
    silenceMs: 400,
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
    voice: text('voice', defaults.voice),
    language: text('language', defaults.language),
    instructions: text('instructions', defaults.instructions),
    turnMode: found['turnMode'] === 'push-to-talk' ? 'push-to-talk' : defaults.turnMode,
    silenceMs: silenceChoices.find((choice) => choice === found['silenceMs']) ?? defaults.silenceMs,
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

function parseRecord(stored: string | null): Readonly<Record<string, unknown>> {
  if (stored === null) return {}
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
