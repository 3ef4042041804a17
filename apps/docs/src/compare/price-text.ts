import type { ReferenceCapabilities } from '../reference/reference.ts'
import type { Language } from '../site/language.ts'

/** What a backend costs in one line: sound in and out of its first price row, in US dollars per million tokens. */
export function priceText({ priceKind, prices }: ReferenceCapabilities, language: Language): string {
  if (priceKind === 'free') return { en: 'Free', de: 'Kostenlos' }[language]
  const [row] = Object.entries(prices)
  if (priceKind === 'unknown' || !row)
    return { en: 'Not known to Parley', de: 'Parley nicht bekannt' }[language]
  const [model, { textIn, audioIn, audioOut }] = row
  // A price without text is for the speech around a model that somebody else is paid for.
  const extra = textIn === undefined ? { en: '; the model is extra', de: '; dazu das Modell' }[language] : ''
  const sums = [audioIn, audioOut].map((price) => (price === undefined ? '–' : `$${price}`))
  return {
    en: `${model}: ${sums[0]} in, ${sums[1]} out per million tokens of sound${extra}`,
    de: `${model}: ${sums[0]} hinein, ${sums[1]} heraus je Million Tokens Ton${extra}`,
  }[language]
}
