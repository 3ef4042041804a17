import type { shellTexts as english } from './en-shell.ts'

/** What every view shows around itself. */
export const shellTexts: typeof english = {
  navigation: 'Ansichten',
  views: {
    talk: 'Sprechen',
    compare: 'Vergleich',
    runs: 'Läufe',
    votes: 'Urteile',
    listen: 'Hören',
    docs: 'Doku',
  },
  titles: {
    talk: 'Parley',
    compare: 'Vergleichen · Parley',
    runs: 'Läufe · Parley',
    votes: 'Urteile · Parley',
    listen: 'Hörlabor · Parley',
  },
  notFound: {
    title: 'Unter dieser Adresse ist nichts.',
    text: 'Der Link ist vielleicht alt oder vertippt. Alles, was Parley hat, steht in einer dieser Ansichten.',
    window: 'Nicht gefunden · Parley',
  },
  skipToContent: 'Zum Inhalt springen',
  more: 'Sprache, Darstellung und Tasten',
  gone: {
    title: 'Das Gateway antwortet nicht.',
    advice:
      'Diese Seite macht von selbst weiter, sobald es wieder da ist. Startet es niemand neu, hilft npm start.',
  },
  offline: {
    title: 'Dieses Gerät hat kein Netz.',
    advice: 'Diese Seite macht von selbst weiter, sobald es wieder eines gibt.',
  },
  keys: {
    open: 'Tastenkürzel',
    title: 'Tastenkürzel',
    close: 'Schließen',
    everywhere: 'Überall',
    here: 'In dieser Ansicht',
    showThis: 'Diese Liste zeigen',
    nextPart: 'Zum nächsten Bedienelement',
    closeDialog: 'Einen Dialog schließen',
    single: 'Einzelne Tasten wie ? benutzen',
    singleHint:
      'Schalte das aus, wenn du mit deinem Rechner sprichst oder Tasten aus Versehen gedrückt werden.',
    names: {
      space: 'Leertaste',
      escape: 'Esc',
      enter: 'Eingabe',
      tab: 'Tab',
      shift: 'Umschalt',
      control: 'Strg',
      home: 'Pos1',
      end: 'Ende',
    },
    talk: {
      hold: 'Zum Sprechen halten, mit der Sprechtaste',
      stop: 'Die Antwort anhalten',
      send: 'Die getippte Nachricht senden',
      line: 'Neue Zeile in der Nachricht',
    },
  },
}
