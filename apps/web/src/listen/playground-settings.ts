import { silenceChoices, type Settings } from '../session/settings.ts'
import type { LabSettings } from './lab-settings.ts'

/** What the playground takes of the settings, `undefined` for ways to end turns that it does not offer. */
export function inPlayground(
  settings: LabSettings,
): Pick<Settings, 'turnMode' | 'silenceMs'> | Pick<Settings, 'turnMode' | 'eagerness'> | undefined {
  switch (settings.mode) {
    case 'server_vad': {
      const far = (choice: number): number => Math.abs(choice - settings.silenceMs)
      const silenceMs = silenceChoices.reduce((best, choice) => (far(choice) < far(best) ? choice : best))
      return { turnMode: 'vad', silenceMs }
    }
    case 'semantic_vad':
      return { turnMode: 'semantic', eagerness: settings.eagerness }
    case 'azure_semantic_vad':
      return undefined
  }
}
