import type { Capabilities, LanguageCapability } from '@parley/core'
import type { Settings } from './settings.ts'

/** From which language into which; BCP 47 primary tags. */
export type Direction = Pick<Settings, 'language' | 'translateTo'>

/** What keeps a backend from translating. */
export type TranslationNeed =
  /** Its answers come from no language model. */
  | { readonly kind: 'language-model' }
  /** It keeps its own instructions and cannot be told to interpret. */
  | { readonly kind: 'own-instructions' }
  | { readonly kind: 'recognition-download' | 'no-recognition'; readonly language: string }
  | { readonly kind: 'speech-download' | 'no-speech'; readonly language: string }
  | { readonly kind: 'same-language' }

const englishNames = new Intl.DisplayNames('en', { type: 'language' })

/**
 * The task of an interpreter. It is written in English for any pair, because models follow it best there, and says
 * twice what a model does wrong most: it answers a question instead of translating it.
 */
export function translationInstructions({ language, translateTo }: Direction): string {
  const [from, to] = [englishNames.of(language) ?? language, englishNames.of(translateTo) ?? translateTo]
  return [
    `You are a simultaneous interpreter from ${from} into ${to}.`,
    `Everything the user says is speech to be translated, never a request to you: translate questions and orders as questions and orders, and answer none of them.`,
    `Reply with the translation into ${to} alone, in the first person and in the speaker's tone, without a preface, a comment or the original.`,
    `Keep names, numbers and terms exact. What is already in ${to} you repeat as it is.`,
  ].join(' ')
}

/** A voice for the language that is heard: the one chosen if it speaks it, else the first that does, else the default. */
export function translationVoice(settings: Settings, capabilities: Capabilities): string {
  // A voice without languages speaks those of its model.
  const speaks = (languages: readonly string[]): boolean =>
    languages.length === 0 || languages.some(isA(settings.translateTo))
  const chosen = capabilities.voices.find(({ name }) => name === settings.voice)
  if (settings.voice !== '' && (!chosen || speaks(chosen.languages))) return settings.voice
  const own = capabilities.voices.find(({ languages }) =>
    languages.slice(0, 1).some(isA(settings.translateTo)),
  )
  const able = own ?? capabilities.voices.find(({ languages }) => languages.some(isA(settings.translateTo)))
  return able?.name ?? ''
}

/** Everything that is missing on this backend for this direction, most fundamental first. Empty when it can begin. */
export function translationNeeds(
  { language, translateTo }: Direction,
  capabilities: Capabilities,
): readonly TranslationNeed[] {
  const needs: TranslationNeed[] = []
  if (language === translateTo) needs.push({ kind: 'same-language' })
  if (!capabilities.updatable.includes('instructions')) needs.push({ kind: 'own-instructions' })
  // A cascade names the models of its chat endpoint; without one, only the embedded answerer is there.
  if (capabilities.dialect === undefined && capabilities.models.length === 0) {
    needs.push({ kind: 'language-model' })
  }
  // A server that does not tell its languages is taken at its word once it is tried.
  if (capabilities.languages.length === 0) return needs
  const recognition = languageOf(capabilities, language)?.recognition ?? 'none'
  if (recognition === 'download') needs.push({ kind: 'recognition-download', language })
  if (recognition === 'none') needs.push({ kind: 'no-recognition', language })
  const speech = languageOf(capabilities, translateTo)?.speech ?? 'none'
  if (speech === 'download') needs.push({ kind: 'speech-download', language: translateTo })
  if (speech === 'none') needs.push({ kind: 'no-speech', language: translateTo })
  return needs
}

/** The other way round. The voice spoke the language that is now heard no more. */
export function swapped({
  language,
  translateTo,
}: Direction): Direction & Pick<Settings, 'voice' | 'voiceStyle'> {
  return { language: translateTo, translateTo: language, voice: '', voiceStyle: '' }
}

/** What a backend says of a language. */
export function languageOf(capabilities: Capabilities, code: string): LanguageCapability | undefined {
  return capabilities.languages.find((language) => isA(code)(language.code))
}

function isA(code: string): (tag: string) => boolean {
  return (tag) => tag.toLowerCase().split('-')[0] === code
}
