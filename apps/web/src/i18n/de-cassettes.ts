import type { cassetteTexts as english } from './en-cassettes.ts'

/** Wie `en-cassettes.ts`. */
export const cassetteTexts: typeof english = {
  label: 'Aufnehmen',
  kinds: { off: 'Aus', events: 'Ereignisse', audio: 'Mit Ton' },
  keeps: {
    off: 'Es wird nichts aufgenommen.',
    events:
      'Ab der nächsten Verbindung behält das Gateway als Text, was du und das Backend sagt, und die Zeit von allem. Vom Ton nur seine Länge.',
    audio:
      'Ab der nächsten Verbindung behält das Gateway alles: deine Stimme, die Antworten und ihre Zeiten.',
  },
  removed: 'Schlüssel und Token werden entfernt, bevor etwas geschrieben wird.',
  list: 'Kassetten',
  empty: 'Es wurde noch nichts aufgenommen.',
  failed: 'Die Kassetten lassen sich nicht laden.',
  retry: 'Noch einmal',
  seconds: (value) => `${value} s`,
  incomplete: 'unvollständig',
  actions: (name) => `Kassette ${name}`,
  replay: 'Abspielen',
  save: 'Als Datei sichern',
  delete: 'Löschen',
}
