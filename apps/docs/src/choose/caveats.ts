import { factsOf } from '../facts/backends/index.ts'
import type { ReferenceBackend } from '../reference/reference.ts'
import type { Words } from '../site/language.ts'
import type { Answers } from './questions.ts'

/**
 * What makes a backend whose own answerer is no language model fit the answers, to be read after its name; `undefined`
 * for the others.
 */
export function withWhat({ name }: ReferenceBackend, { mind, must, first }: Answers): Words | undefined {
  if (!factsOf(name).hasAnswererOnly) return undefined
  if (mind === 'own') {
    return { en: 'with your model behind PARLEY_LLM_URL', de: 'mit Ihrem Modell hinter PARLEY_LLM_URL' }
  }
  return name === 'local' && first === 'start' && must !== 'functions'
    ? { en: 'to try out', de: 'zum Ausprobieren' }
    : { en: 'with a language model of yours', de: 'mit einem Sprachmodell von Ihnen' }
}

const german: Readonly<Record<string, Words>> = {
  local: {
    en: 'German with Local: recognition is a download of 78 MB, which we have not yet run with its real weights.',
    de: 'Deutsch mit Local: die Erkennung ist ein Download von 78 MB, den wir noch nicht mit den echten Gewichten haben laufen lassen.',
  },
  cascade: {
    en: 'German with your own speech services is listed here for Azure Speech; other services may differ.',
    de: 'Deutsch mit eigenen Sprachdiensten gilt hier für Azure Speech; bei anderen kann es anders sein.',
  },
}

const cascadeHere: Words = {
  en: 'Your own speech services keep the sound with you only if they run on machines of yours: Azure Speech does not.',
  de: 'Mit eigenen Sprachdiensten bleibt der Ton nur bei Ihnen, wenn sie auf Ihren Rechnern laufen: Azure Speech tut das nicht.',
}

const noneStandsOut: Words = {
  en: 'In what matters most to you, none of those left stands out.',
  de: 'In dem, was Ihnen am meisten zählt, ragt keines der übrigen heraus.',
}

/** What to know of the backends that are named. */
export function caveats(
  named: readonly ReferenceBackend[],
  { place, must }: Answers,
  isNoneOutstanding: boolean,
): readonly Words[] {
  const names = named.map(({ name }) => name)
  return [
    ...(isNoneOutstanding ? [noneStandsOut] : []),
    ...(must === 'german' ? names.flatMap((name) => german[name] ?? []) : []),
    ...(place === 'here' && names.includes('cascade') ? [cascadeHere] : []),
  ]
}
