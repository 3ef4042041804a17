import type { cassetteTexts as english } from './en-cassettes.ts'

/** Wie `en-cassettes.ts`. */
export const cassetteTexts: typeof english = {
  label: 'Kassette aufnehmen',
  kinds: { off: 'Aus', events: 'Ereignisse', audio: 'Mit Ton' },
  keeps: {
    off: 'Es wird keine Kassette aufgenommen. Sie spielt eine Sitzung noch einmal ab, als wäre das Backend da.',
    events:
      'Ab der nächsten Verbindung behält das Gateway als Text, was du und das Backend sagt, und die Zeit von allem. Vom Ton nur seine Länge.',
    audio:
      'Ab der nächsten Verbindung behält das Gateway alles: deine Stimme, die Antworten und ihre Zeiten.',
  },
  apart: 'Das Gespräch selbst bleibt in jedem Fall, sein Ton, wenn das unter Gedächtnis gewählt ist.',
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
