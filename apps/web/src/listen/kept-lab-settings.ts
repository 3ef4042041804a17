import { parseLabSettings, type LabSettings } from './lab-settings.ts'

const storageKey = 'parley.listen'

/** The settings of this browser; one that refuses storage gives the defaults. */
export function keptLabSettings(): LabSettings {
  try {
    return parseLabSettings(localStorage.getItem(storageKey))
  } catch {
    return parseLabSettings(null)
  }
}

/** Keeps the settings in this browser; one that refuses storage forgets them with the page. */
export function keepLabSettings(settings: LabSettings): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(settings))
  } catch {
    // Private windows may refuse storage; nothing else depends on it.
  }
}
