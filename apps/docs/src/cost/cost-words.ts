import type { ReferencePrices } from '../reference/reference.ts'
import type { Language } from '../site/language.ts'
import type { Call } from './call-cost.ts'

/** Token counts as they are shown. */
interface Counts {
  readonly person: string
  readonly backend: string
  readonly repeated: string
}

/** What the cost of a call says. */
interface CostWords {
  readonly model: string
  readonly fields: Readonly<Record<keyof Call, string>>
  readonly units: Readonly<Record<keyof Call, string>>
  readonly unknown: string
  readonly noCachedPrice: string
  readonly full: string
  readonly sum: (dollars: number) => string
  readonly formula: (counts: Counts, prices: ReferencePrices, cachedShare: number) => string
}

const price = (dollars: number | undefined): string => (dollars === undefined ? '?' : `$${dollars}`)

/** In each language. */
export const costWords: Readonly<Record<Language, CostWords>> = {
  en: {
    model: 'Model or tier',
    fields: {
      minutes: 'Length of the call',
      personShare: 'You speak',
      backendShare: 'It speaks',
      turns: 'Answers',
      cachedShare: 'Of what was said before, cached',
    },
    units: { minutes: 'min', personShare: '%', backendShare: '%', turns: '', cachedShare: '%' },
    noCachedPrice: 'No price for cached sound is known here, so all of it is counted at the full one.',
    full: 'Together you speak all of the time: to raise one share, lower the other first.',
    unknown: 'Unknown: there is no price for its sound.',
    sum: (dollars) => `About $${dollars.toFixed(2)} for the call.`,
    formula: ({ person, backend, repeated }, { audioIn, audioOut, audioCachedIn = audioIn }, cached) =>
      `${person} tokens in × ${price(audioIn)} + ${backend} tokens out × ${price(audioOut)} + ${repeated} tokens said before × (${Math.round(cached * 100)} % × ${price(audioCachedIn)} + ${Math.round(100 - cached * 100)} % × ${price(audioIn)}), all per million. Said before: both sides so far, summed over the answers, (in + out) × (answers − 1) ÷ 2. Text, tools, images and transcription come on top.`,
  },
  de: {
    model: 'Modell oder Stufe',
    fields: {
      minutes: 'Länge des Gesprächs',
      personShare: 'Sie sprechen',
      backendShare: 'Es spricht',
      turns: 'Antworten',
      cachedShare: 'Vom früher Gesagten zwischengespeichert',
    },
    units: { minutes: 'min', personShare: '%', backendShare: '%', turns: '', cachedShare: '%' },
    noCachedPrice:
      'Für zwischengespeicherten Ton ist hier kein Preis bekannt: gerechnet wird alles zum vollen.',
    full: 'Zusammen sprechen Sie die ganze Zeit: für mehr vom einen senken Sie erst das andere.',
    unknown: 'Unbekannt: für seinen Ton gibt es keinen Preis.',
    sum: (dollars) => `Etwa ${dollars.toFixed(2).replace('.', ',')} $ für das Gespräch.`,
    formula: ({ person, backend, repeated }, { audioIn, audioOut, audioCachedIn = audioIn }, cached) =>
      `${person} Tokens hinein × ${price(audioIn)} + ${backend} Tokens heraus × ${price(audioOut)} + ${repeated} Tokens früher Gesagtes × (${Math.round(cached * 100)} % × ${price(audioCachedIn)} + ${Math.round(100 - cached * 100)} % × ${price(audioIn)}), alles je Million. Früher Gesagtes: beide Seiten bis dahin, über die Antworten summiert, (hinein + heraus) × (Antworten − 1) ÷ 2. Text, Werkzeuge, Bilder und Mitschrift kommen hinzu.`,
  },
}
