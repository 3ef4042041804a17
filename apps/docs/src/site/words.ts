import type { Language, Words } from './language.ts'

/** What the frame of every page says. */
export const frameWords = {
  skip: { en: 'Skip to the page', de: 'Zum Inhalt springen' },
  pages: { en: 'Pages', de: 'Seiten' },
  menu: { en: 'Menu', de: 'Menü' },
  playground: { en: 'Playground', de: 'Playground' },
  onThisPage: { en: 'On this page', de: 'Auf dieser Seite' },
  previous: { en: 'Previous', de: 'Zurück' },
  next: { en: 'Next', de: 'Weiter' },
  neighbours: { en: 'Pages before and after', de: 'Seiten davor und danach' },
  search: { en: 'Search', de: 'Suchen' },
  searchLabel: { en: 'Search the documentation', de: 'Dokumentation durchsuchen' },
  searchHint: {
    en: 'Works without a network. Arrow keys choose, Enter opens.',
    de: 'Funktioniert ohne Netz. Pfeiltasten wählen, die Eingabetaste öffnet.',
  },
  close: { en: 'Close', de: 'Schließen' },
  noResult: { en: 'Nothing found.', de: 'Nichts gefunden.' },
  searchFailed: {
    en: 'The search index is not here: it is made when the site is built.',
    de: 'Der Suchindex fehlt: er entsteht, wenn die Seiten gebaut werden.',
  },
  result: { en: 'result', de: 'Treffer' },
  results: { en: 'results', de: 'Treffer' },
  englishOnly: { en: 'in English', de: 'auf Englisch' },
} as const satisfies Readonly<Record<string, Words>>

/** A word of the frame. */
export function frameWord(key: keyof typeof frameWords, language: Language): string {
  return frameWords[key][language]
}
