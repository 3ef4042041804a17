import type { sessionTexts as en } from './en-session.ts'

/** The same in German. */
export const sessionTexts: typeof en = {
  moved: {
    limit: (from, to) => `Die Zeit der Sitzung mit ${from} war um. ${to} macht in einer neuen weiter.`,
    notice: (from, to) => `${from} hat die Sitzung beendet. ${to} macht in einer neuen weiter.`,
    lost: (from, to) => `Die Verbindung zu ${from} ist abgerissen. ${to} macht weiter.`,
    failover: (from, to) => `${from} ist ausgefallen. ${to} macht weiter.`,
    restart: (_from, to) => `Das Gateway wurde neu gestartet. ${to} macht weiter.`,
    settings: (_from, to) =>
      `Die neuen Einstellungen brauchten eine neue Sitzung. ${to} macht mit ihnen weiter.`,
  },
  begun: (to) => `${to} macht weiter.`,
  stoodIn: (from, to) => `${from} war nicht zu erreichen. Stattdessen antwortet ${to}.`,
  switched: (from, to) => `Ab hier antwortet ${to} statt ${from}.`,
  copied: {
    forked: 'Aus einem anderen Gespräch fortgesetzt. Das bleibt, wie es war.',
    imported: 'Eine Kopie, aus einer Datei eingelesen.',
  },
  original: (title) => `„${title}“ öffnen`,
  warned: 'Das Gateway hat weggelassen, was dieses Backend nicht kann.',
  details: 'Einzelheiten',
  knowsNothing: 'Es weiß nicht, was vorher gesagt wurde.',
  unfinished: 'Die abgebrochene Antwort ist so weit aufbewahrt, wie du sie gehört hast.',
  resumed: 'Die Verbindung war kurz weg. Nichts ist verloren.',
  continued: 'Die Verbindung war länger weg. Das Gespräch geht in einer neuen Sitzung weiter.',
  behind: 'Das Gateway kann gerade nicht speichern, was gesagt wird. Es holt das nach, sobald es geht.',
  caughtUp: 'Das Gateway hat alles nachgeholt.',
  whatItWasTold: 'Was es erfahren hat',
  brokeOff: 'Abgebrochen',
  turnActions: (words) => `Aktionen für „${words}“`,
  continueFrom: 'Ab hier in einem neuen Gespräch weitermachen',
  playSound: 'Aufbewahrten Ton abspielen',
  stopSound: 'Ton anhalten',
  remember: 'Als Tatsache merken',
  remembered: 'Gemerkt.',
  noSound: 'Davon ist kein Ton aufbewahrt.',
}
