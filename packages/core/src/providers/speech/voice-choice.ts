import type { VoiceCapability } from '../capabilities.ts'

/**
 * Voice that speaks: the one asked for when it exists, else the first whose own language is `language`, else
 * the first that speaks it, else the first. `undefined` when there is no voice at all.
 */
export function chooseVoice(
  voices: readonly VoiceCapability[],
  { asked, language }: { readonly asked?: string | undefined; readonly language: string | undefined },
): string | undefined {
  const named = voices.find(({ name }) => name === asked)
  if (named || language === undefined) return (named ?? voices[0])?.name
  const wanted = primaryTag(language)
  const own = voices.find(({ languages }) => primaryTag(languages[0] ?? '') === wanted)
  const able = own ?? voices.find(({ languages }) => languages.some((tag) => primaryTag(tag) === wanted))
  return (able ?? voices[0])?.name
}

/** Language without script and region: `de` of `de-AT`. */
export function primaryTag(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0] ?? ''
}
