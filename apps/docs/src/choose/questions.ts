import { factsOf } from '../facts/backends/index.ts'
import type { ReferenceBackend } from '../reference/reference.ts'
import type { Words } from '../site/language.ts'

/** Answers by question: `{ place: 'azure', mind: 'own' }`. */
export type Answers = Readonly<Record<string, string>>

/** One answer: what it demands, and what it would like. */
export interface Answer {
  readonly id: string
  readonly words: Words
  /** A backend that does not meet it is named only where none does. */
  readonly demands?: (backend: ReferenceBackend, answers: Answers) => boolean
  /** What is wrong with a backend that does not meet it, as the end of "but it". */
  readonly unmet?: Words
  /** Points for a backend, more is better; decides among those that are left. */
  readonly points?: (backend: ReferenceBackend) => number
  /** Why a backend that meets it was named, as the end of "because it". */
  readonly reason?: Words
  /** The reason says that it is the best in this: only who has the most points, and at least these, is given it. */
  readonly bestFrom?: number
}

/** One question; the first answer is the one without a demand. */
export interface Question {
  readonly id: string
  readonly words: Words
  readonly answers: readonly Answer[]
}

const noModel: Words = {
  en: 'has no language model of its own',
  de: 'hat kein eigenes Sprachmodell',
}

/** The four questions. */
export const questions: readonly Question[] = [
  {
    id: 'place',
    words: { en: 'Where may the sound go?', de: 'Wohin darf der Ton?' },
    answers: [
      { id: 'anywhere', words: { en: 'To any vendor', de: 'Zu jedem Anbieter' } },
      {
        id: 'azure',
        words: { en: 'To Azure', de: 'Zu Azure' },
        demands: ({ name }) => factsOf(name).place === 'azure',
        unmet: { en: 'is not in Azure', de: 'ist nicht in Azure' },
        reason: { en: 'stays in your Azure resource', de: 'bleibt in Ihrer Azure-Ressource' },
      },
      {
        id: 'here',
        words: { en: 'Nowhere: it stays with me', de: 'Nirgendwohin: er bleibt bei mir' },
        demands: ({ name }) => ['this-machine', 'your-server'].includes(factsOf(name).place),
        unmet: { en: 'does not run on machines of yours', de: 'läuft nicht auf Ihren Rechnern' },
        reason: { en: 'runs on machines of yours', de: 'läuft auf Ihren Rechnern' },
      },
    ],
  },
  {
    id: 'mind',
    words: { en: 'Whose model shall think?', de: 'Wessen Modell soll denken?' },
    answers: [
      {
        id: 'any',
        words: { en: 'I do not mind', de: 'Das ist mir gleich' },
        demands: ({ name }, { must, first }) =>
          name !== 'local' || (first === 'start' && must !== 'functions'),
        unmet: noModel,
      },
      {
        id: 'ready',
        words: { en: 'One that is ready', de: 'Eines, das fertig ist' },
        demands: ({ name }) => factsOf(name).ownModel !== 'needed' && !factsOf(name).hasAnswererOnly,
        unmet: noModel,
        reason: { en: 'answers without a model of yours', de: 'antwortet ohne ein Modell von Ihnen' },
      },
      {
        id: 'own',
        words: { en: 'My own', de: 'Mein eigenes' },
        demands: ({ name }) => factsOf(name).ownModel !== 'no',
        unmet: { en: 'takes no model of yours', de: 'nimmt kein Modell von Ihnen' },
        points: ({ name }) => (factsOf(name).ownModel === 'needed' ? 1 : 0),
        reason: { en: 'takes a model of yours', de: 'nimmt ein Modell von Ihnen' },
      },
    ],
  },
  {
    id: 'must',
    words: { en: 'What must it do besides talking?', de: 'Was muss es außer Reden können?' },
    answers: [
      { id: 'talk', words: { en: 'Nothing', de: 'Nichts' } },
      {
        id: 'functions',
        words: { en: 'Call my functions', de: 'Meine Funktionen rufen' },
        demands: ({ capabilities }) => capabilities.tools.includes('function'),
        unmet: { en: 'does not call functions of the client', de: 'ruft keine Funktionen des Clients' },
        reason: { en: 'calls functions of the client', de: 'ruft Funktionen des Clients' },
      },
      {
        id: 'german',
        words: { en: 'Speak German', de: 'Deutsch sprechen' },
        demands: ({ capabilities }) => capabilities.languages.includes('de'),
        unmet: { en: 'is not known to speak German', de: 'spricht nicht nachweislich Deutsch' },
        reason: { en: 'understands and speaks German', de: 'versteht und spricht Deutsch' },
      },
    ],
  },
  {
    id: 'first',
    words: { en: 'What matters most?', de: 'Was zählt am meisten?' },
    answers: [
      {
        id: 'start',
        words: { en: 'To start at once', de: 'Gleich anfangen' },
        points: ({ name }) => 2 * (3 - factsOf(name).setUpSteps),
        bestFrom: 0,
        reason: { en: 'needs the least setting up', de: 'ist am schnellsten eingerichtet' },
      },
      {
        id: 'voices',
        words: { en: 'The choice of voices', de: 'Die Auswahl an Stimmen' },
        points: ({ capabilities: { voices, sessionExtensions } }) =>
          sessionExtensions.includes('voice') ? 6 : voices.length / 10,
        bestFrom: 1,
        reason: { en: 'has the largest choice of voices here', de: 'hat hier die größte Auswahl an Stimmen' },
      },
      {
        id: 'turns',
        words: { en: 'Good turn-taking', de: 'Guter Wechsel im Gespräch' },
        points: ({ capabilities: { turnDetection, truncation, interruption } }) =>
          (turnDetection.includes('semantic_vad') ? 3 : 0) +
          (truncation === 'native' ? 2 : 0) +
          (interruption === 'native' ? 1 : 0),
        bestFrom: 3,
        reason: {
          en: 'does most of turn-taking and interruption itself',
          de: 'erledigt Wechsel und Unterbrechung am weitesten selbst',
        },
      },
      {
        id: 'price',
        words: { en: 'A low price that I know', de: 'Ein kleiner Preis, den ich kenne' },
        demands: (backend) => priceFirst(backend) > 0,
        unmet: {
          en: 'has no price known to Parley for all of it',
          de: 'hat keinen Preis für alles, den Parley kennt',
        },
        points: priceFirst,
        bestFrom: 0,
        reason: {
          en: 'has the lowest price known to Parley here',
          de: 'hat hier den kleinsten Preis, den Parley kennt',
        },
      },
    ],
  },
]

/**
 * 10 for nothing to pay, less the dearer a million tokens of spoken answer is, 0 for an unknown price and for one that
 * leaves the model out.
 */
function priceFirst({ capabilities: { priceKind, prices } }: ReferenceBackend): number {
  if (priceKind === 'free') return 10
  const spoken = Object.values(prices).flatMap(({ textIn, audioOut }) =>
    textIn === undefined ? [] : (audioOut ?? []),
  )
  return spoken.length === 0 ? 0 : 200 / (20 + Math.min(...spoken))
}
