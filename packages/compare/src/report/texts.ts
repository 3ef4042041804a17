import type { LaneRun } from '../run/lane-run.ts'

/** Every text of a report, apart from the definitions of measures. */
export interface ReportTexts {
  readonly report: string
  readonly live: string
  readonly lanes: (count: number) => string
  readonly repeats: (count: number) => string
  readonly together: string
  readonly inTurn: string
  readonly running: string
  readonly stopped: string
  readonly waits: string
  readonly numbers: string
  readonly measure: string
  readonly reference: string
  readonly total: (runs: number) => string
  readonly none: string
  readonly unclear: string
  readonly same: string
  readonly interval: (low: string, high: string) => string
  readonly noInterval: string
  readonly howDifferences: string
  readonly how: string
  readonly sound: string
  readonly play: string
  readonly pause: string
  readonly playLane: (lane: string) => string
  readonly oneAfterOther: string
  readonly atOnce: string
  readonly playing: string
  readonly solo: string
  readonly soloLane: (lane: string) => string
  readonly mute: string
  readonly muteLane: (lane: string) => string
  readonly save: string
  readonly saveLane: (lane: string) => string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly zoomAll: string
  readonly zoom: string
  readonly playhead: string
  readonly repeat: string
  readonly repeatNumber: (number: number) => string
  readonly alignment: string
  readonly bySpeech: string
  readonly byConnection: string
  readonly person: string
  readonly answer: string
  readonly wait: string
  readonly noSound: string
  readonly noScript: string
  readonly keys: string
  readonly keyList: readonly (readonly [keys: string, action: string])[]
  readonly words: string
  readonly said: string
  readonly typed: string
  readonly heardAs: string
  readonly notTranscribed: string
  readonly answered: string
  readonly notAnswered: string
  readonly endedBefore: string
  readonly after: (ms: string) => string
  readonly cut: string
  readonly cutAfter: (ms: string) => string
  readonly early: string
  readonly second: string
  readonly nothingHeard: string
  readonly tool: string
  readonly expectations: string
  readonly met: string
  readonly missed: string
  readonly notReached: string
  readonly problems: string
  readonly cost: string
  readonly costFree: string
  readonly costUnknown: string
  readonly tokens: (input: string, output: string) => string
  readonly outcome: Readonly<Record<LaneRun['outcome'], string>>
  readonly noRuns: string
  readonly marks: {
    readonly transcript: string
    readonly text: string
    readonly sound: string
    readonly ready: string
    readonly connected: string
    readonly typed: string
    readonly gap: string
    readonly closed: string
  }
  readonly shape: (lane: string, turns: number, waits: string) => string
  readonly madeBy: string
}

const en: ReportTexts = {
  report: 'Voice comparison',
  live: 'Live',
  lanes: (count) => (count === 1 ? '1 lane' : `${count} lanes`),
  repeats: (count) => (count === 1 ? 'once' : `${count} repeats`),
  together: 'all at once',
  inTurn: 'one after the other',
  running: 'still running',
  stopped: 'stopped before its end',
  waits: 'The wait for an answer',
  numbers: 'Numbers',
  measure: 'Measure',
  reference: 'compared with',
  total: (runs) => (runs === 1 ? 'in 1 run' : `in ${runs} runs`),
  none: 'no observation',
  unclear: 'no clear difference',
  same: 'the same',
  interval: (low, high) => `${low} to ${high}`,
  noInterval: 'too few for an interval',
  howDifferences:
    'Only passes that came to their end count; stopped and failed ones are left out. Large figures are medians; p95 is the value below which 95 % of observations lie, IQR how far the middle half of them spans, n how many there are. Quantiles are interpolated between the closest ranks. A difference is the median of all differences between an observation of the lane and one of the first lane (Hodges-Lehmann), with the 95 % interval of the rank-sum test after it; observations count as independent. A difference gets a colour where that interval leaves out 0 and both sides have at least 5 observations.',
  how: 'How this is computed',
  sound: 'Sound and time',
  play: 'Play',
  pause: 'Pause',
  playLane: (lane) => `Play ${lane}`,
  oneAfterOther: 'One after the other',
  atOnce: 'Together',
  playing: 'Lanes play',
  solo: 'Solo',
  soloLane: (lane) => `Solo ${lane}`,
  mute: 'Mute',
  muteLane: (lane) => `Mute ${lane}`,
  save: 'WAV',
  saveLane: (lane) => `Save ${lane} as a WAV file`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomAll: 'Show all',
  zoom: 'Zoom',
  playhead: 'Playhead',
  repeat: 'Repeat',
  repeatNumber: (number) => `Repeat ${number}`,
  alignment: 'Lanes begin with',
  bySpeech: 'First words',
  byConnection: 'Connection',
  person: 'Person',
  answer: 'Answer',
  wait: 'Wait',
  noSound: 'This report was made without its sound.',
  noScript: 'The timeline and its sound need JavaScript, which is switched off here.',
  keys: 'Keys',
  keyList: [
    ['Space', 'play or pause'],
    ['← →', 'one second back or on; with Shift, five'],
    ['+ −', 'zoom in or out'],
    ['0', 'show all'],
    ['Home', 'back to the beginning'],
    ['1 – 4', 'play one lane'],
    ['[ ]', 'repeat before or after'],
  ],
  words: 'Words',
  said: 'Said',
  typed: 'Typed',
  heardAs: 'Heard as',
  notTranscribed: 'not transcribed',
  answered: 'Answer',
  notAnswered: 'no answer',
  endedBefore: 'the pass ended before',
  after: (ms) => `after ${ms}`,
  cut: 'cut',
  cutAfter: (ms) => `cut after ${ms}`,
  early: 'too early',
  second: 'second answer',
  nothingHeard: 'not heard',
  tool: 'Tool',
  expectations: 'Expected',
  met: 'met',
  missed: 'missed',
  notReached: 'not reached',
  problems: 'Problems',
  cost: 'Cost',
  costFree: 'free',
  costUnknown: 'not known',
  tokens: (input, output) => `${input} tokens in, ${output} out`,
  outcome: { completed: 'completed', stopped: 'stopped', failed: 'failed' },
  noRuns: 'No lane has run.',
  marks: {
    transcript: 'transcript',
    text: 'text',
    sound: 'sound',
    ready: 'ready',
    connected: 'connected',
    typed: 'typed',
    gap: 'gap',
    closed: 'closed',
  },
  shape: (lane, turns, waits) =>
    `Timeline of ${lane}: ${turns === 1 ? '1 turn' : `${turns} turns`}${waits === '' ? '' : `, answers after ${waits}`}`,
  madeBy: 'Made with Parley. Everything is in this file: it opens without a network.',
}

const de: ReportTexts = {
  report: 'Stimmenvergleich',
  live: 'Live',
  lanes: (count) => (count === 1 ? '1 Spur' : `${count} Spuren`),
  repeats: (count) => (count === 1 ? 'einmal' : `${count} Wiederholungen`),
  together: 'alle zugleich',
  inTurn: 'eine nach der anderen',
  running: 'läuft noch',
  stopped: 'vor dem Ende angehalten',
  waits: 'Das Warten auf eine Antwort',
  numbers: 'Zahlen',
  measure: 'Messgröße',
  reference: 'verglichen mit',
  total: (runs) => (runs === 1 ? 'in 1 Durchlauf' : `in ${runs} Durchläufen`),
  none: 'keine Beobachtung',
  unclear: 'kein klarer Unterschied',
  same: 'gleich',
  interval: (low, high) => `${low} bis ${high}`,
  noInterval: 'zu wenige für ein Intervall',
  howDifferences:
    'Nur Durchläufe, die an ihr Ende kamen, zählen; angehaltene und gescheiterte sind ausgelassen. Große Zahlen sind Mediane; p95 ist der Wert, unter dem 95 % der Beobachtungen liegen, IQR die Spanne ihrer mittleren Hälfte, n ihre Anzahl. Quantile werden zwischen den nächsten Rängen interpoliert. Ein Unterschied ist der Median aller Differenzen zwischen einer Beobachtung der Spur und einer der ersten Spur (Hodges-Lehmann), dahinter das 95-%-Intervall des Rangsummentests; Beobachtungen gelten als unabhängig. Ein Unterschied ist farbig, wo dieses Intervall die 0 auslässt und beide Seiten mindestens 5 Beobachtungen haben.',
  how: 'Wie gerechnet wird',
  sound: 'Ton und Zeit',
  play: 'Abspielen',
  pause: 'Pause',
  playLane: (lane) => `${lane} abspielen`,
  oneAfterOther: 'Nacheinander',
  atOnce: 'Zugleich',
  playing: 'Spuren klingen',
  solo: 'Solo',
  soloLane: (lane) => `Solo: ${lane}`,
  mute: 'Stumm',
  muteLane: (lane) => `Stumm: ${lane}`,
  save: 'WAV',
  saveLane: (lane) => `${lane} als WAV-Datei sichern`,
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  zoomAll: 'Alles zeigen',
  zoom: 'Ausschnitt',
  playhead: 'Abspielmarke',
  repeat: 'Wiederholung',
  repeatNumber: (number) => `Wiederholung ${number}`,
  alignment: 'Spuren ausgerichtet nach',
  bySpeech: 'Erste Worte',
  byConnection: 'Verbindung',
  person: 'Person',
  answer: 'Antwort',
  wait: 'Wartezeit',
  noSound: 'Dieser Bericht wurde ohne seinen Ton gemacht.',
  noScript: 'Zeitachse und Ton brauchen JavaScript, das hier abgeschaltet ist.',
  keys: 'Tasten',
  keyList: [
    ['Leertaste', 'abspielen oder anhalten'],
    ['← →', 'eine Sekunde zurück oder vor; mit Umschalt fünf'],
    ['+ −', 'vergrößern oder verkleinern'],
    ['0', 'alles zeigen'],
    ['Pos1', 'zurück zum Anfang'],
    ['1 – 4', 'eine Spur abspielen'],
    ['[ ]', 'Wiederholung davor oder danach'],
  ],
  words: 'Worte',
  said: 'Gesagt',
  typed: 'Getippt',
  heardAs: 'Verstanden',
  notTranscribed: 'nicht transkribiert',
  answered: 'Antwort',
  notAnswered: 'keine Antwort',
  endedBefore: 'der Durchlauf endete vorher',
  after: (ms) => `nach ${ms}`,
  cut: 'abgeschnitten',
  cutAfter: (ms) => `abgeschnitten nach ${ms}`,
  early: 'zu früh',
  second: 'zweite Antwort',
  nothingHeard: 'nicht gehört',
  tool: 'Werkzeug',
  expectations: 'Erwartet',
  met: 'erfüllt',
  missed: 'verfehlt',
  notReached: 'nicht erreicht',
  problems: 'Probleme',
  cost: 'Kosten',
  costFree: 'kostenlos',
  costUnknown: 'unbekannt',
  tokens: (input, output) => `${input} Token hinein, ${output} heraus`,
  outcome: { completed: 'beendet', stopped: 'angehalten', failed: 'gescheitert' },
  noRuns: 'Keine Spur ist gelaufen.',
  marks: {
    transcript: 'Transkript',
    text: 'Text',
    sound: 'Ton',
    ready: 'bereit',
    connected: 'verbunden',
    typed: 'getippt',
    gap: 'Lücke',
    closed: 'geschlossen',
  },
  shape: (lane, turns, waits) =>
    `Zeitachse von ${lane}: ${turns === 1 ? '1 Zug' : `${turns} Züge`}${waits === '' ? '' : `, Antworten nach ${waits}`}`,
  madeBy: 'Mit Parley gemacht. Alles steht in dieser Datei: Sie öffnet sich ohne Netz.',
}

/** The texts of a report in its languages. */
export const reportTexts: Readonly<Record<'en' | 'de', ReportTexts>> = { en, de }
