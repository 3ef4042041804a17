/**
 * BCP 47 primary tags of the languages that OpenAI lists for its speech models, English first
 * (speech-to-text and text-to-speech guides, 2026-11). Other servers may know more or fewer.
 */
export const openaiLanguages: readonly string[] = (
  'en de fr es it pt nl pl ru uk tr zh ja ko ar hi af az be bg bs ca cs cy da el et fa fi gl he hr hu hy id is ' +
  'kk kn lt lv mi mk mr ms ne no ro sk sl sr sv sw ta th tl ur vi'
).split(' ')
