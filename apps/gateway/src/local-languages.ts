import type { LanguageCapability, VoiceCapability } from '@parley/core'
import type { ModelState } from '@parley/core/providers/cascade'

/** What the languages of the local backend follow from. */
export interface LanguageSources {
  /** What recognition of a language needs: nothing, a download, or it cannot be had. */
  readonly need: (language: string) => 'ready' | { readonly download: string } | undefined
  readonly voices: readonly VoiceCapability[]
  readonly models: readonly ModelState[]
  readonly offline: boolean
}

/** Languages that are spoken now or after a download, with what each still needs. */
export function localLanguages({
  need,
  voices,
  models,
  offline,
}: LanguageSources): readonly LanguageCapability[] {
  const speech = models.filter(({ entry }) => entry.purpose === 'speech')
  const spoken = new Set(voices.flatMap(({ languages }) => languages.map(primaryTag)))
  const codes = spoken.union(new Set(speech.flatMap(({ entry }) => entry.languages)))
  return [...codes].map((code) => {
    const recognition = need(code)
    const voice = spoken.has(code)
      ? ('ready' as const)
      : speech.find(({ entry }) => entry.languages.includes(code))?.entry.id
    const downloads = offline
      ? []
      : [
          typeof recognition === 'object' ? recognition.download : undefined,
          voice === 'ready' ? undefined : voice,
        ]
    return {
      code,
      recognition: stateOf(recognition, offline),
      speech: stateOf(voice, offline),
      downloads: downloads.filter((id) => id !== undefined),
    }
  })
}

function stateOf(need: string | object | undefined, offline: boolean): LanguageCapability['speech'] {
  if (need === 'ready') return 'ready'
  return need === undefined || offline ? 'none' : 'download'
}

function primaryTag(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? language
}
