import type { Language } from '../site/language.ts'

const english = {
  setUp: 'Set it up',
  noSetUp: 'It is there from the start.',
  settings: 'Its variables',
  differs: 'What differs',
  limits: 'Limits',
  cost: 'What a typical call costs',
  free: 'Nothing: it runs on your machine.',
  unknownCost:
    'Unknown: what it costs depends on a contract or on whoever runs the server, and Parley does not guess.',
  unknownRates: 'Unknown: nobody says how it counts sound.',
  costLead: 'Only sound is counted. Change the call, and the sum follows.',
  modelExtra:
    'This is the price of the speech around your model. What the model costs is not known to Parley.',
  countsSound: (person: number, backend: number) =>
    `A second of yours counts ${person} tokens, one of its own ${backend}:`,
  prices: 'Prices',
  pricesLead: 'US dollars per million tokens.',
  model: 'Model',
  anyModel: 'Any model',
  doers: 'Who does what',
  facts: 'Capabilities',
  parity: 'What came out of the parity run',
  parityLead: (date: string, onWire: boolean) =>
    `Clients of OpenAI Realtime GA, run on ${date} ${onWire ? 'against a strict stand-in of the wire' : 'with scripted engines'}.`,
  parityAll: 'All of it',
  noParity: 'It is not in the parity run.',
  evidence: 'Where the capabilities come from',
  ownEvidence: 'It runs in Parley: its own tests prove every line.',
  notRun:
    'Not run against the real service, for want of a key: held by a strict stand-in that checks every rule of the documented wire.',
  called: 'In Parley it is called',
  fact: 'Fact',
  value: 'Value',
  source: 'Source',
} as const

type BackendWords = {
  readonly [K in keyof typeof english]: (typeof english)[K] extends string ? string : (typeof english)[K]
}

const german: BackendWords = {
  setUp: 'Einrichten',
  noSetUp: 'Es ist von Anfang an da.',
  settings: 'Seine Variablen',
  differs: 'Was anders ist',
  limits: 'Grenzen',
  cost: 'Was ein typisches Gespräch kostet',
  free: 'Nichts: es läuft auf Ihrem Rechner.',
  unknownCost:
    'Unbekannt: was es kostet, hängt von einem Vertrag ab oder von dem, der den Server betreibt. Parley rät nicht.',
  unknownRates: 'Unbekannt: niemand sagt, wie es Ton zählt.',
  costLead: 'Gezählt wird nur der Ton. Ändern Sie das Gespräch, die Summe folgt.',
  modelExtra: 'Das ist der Preis der Sprache um Ihr Modell. Was das Modell kostet, weiß Parley nicht.',
  countsSound: (person, backend) => `Eine Sekunde von Ihnen zählt ${person} Tokens, eine von ihm ${backend}:`,
  prices: 'Preise',
  pricesLead: 'US-Dollar je Million Tokens.',
  model: 'Modell',
  anyModel: 'Jedes Modell',
  doers: 'Wer was tut',
  facts: 'Fähigkeiten',
  parity: 'Was der Paritätslauf ergab',
  parityLead: (date, onWire) =>
    `Clients von OpenAI Realtime GA, gelaufen am ${date} ${onWire ? 'gegen eine strenge Nachbildung der Leitung' : 'mit vorgegebenen Engines'}.`,
  parityAll: 'Der ganze Lauf',
  noParity: 'Es ist nicht im Paritätslauf.',
  evidence: 'Woher die Fähigkeiten bekannt sind',
  ownEvidence: 'Es läuft in Parley: seine Tests beweisen jede Zeile.',
  notRun:
    'Mangels Schlüssel nicht gegen den echten Dienst gelaufen: gehalten von einer strengen Nachbildung, die jede Regel der dokumentierten Leitung prüft.',
  called: 'In Parley heißt es',
  fact: 'Angabe',
  value: 'Wert',
  source: 'Quelle',
}

/** What the page of a backend says around its facts. */
export const backendWords: Readonly<Record<Language, BackendWords>> = { en: english, de: german }
