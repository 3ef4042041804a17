import type { ReferenceCapabilities } from '../reference/reference.ts'
import type { Words } from '../site/language.ts'

/** Who does something on a backend. */
export type Doer = 'native' | 'supplied' | 'none'

/** Words for it. */
export const doerWords: Readonly<Record<Doer, Words>> = {
  native: { en: 'the backend', de: 'das Backend' },
  supplied: { en: 'Parley, in its place', de: 'Parley an seiner Stelle' },
  none: { en: 'nobody', de: 'niemand' },
}

/** What people want of a backend, and how its declared capabilities answer. */
export const abilities: readonly {
  readonly title: Words
  readonly of: (capabilities: ReferenceCapabilities) => Doer
}[] = [
  {
    title: { en: 'Notices when you have finished', de: 'Bemerkt, wann Sie fertig sind' },
    of: ({ turnDetection }) => (turnDetection.length > 0 ? 'native' : 'supplied'),
  },
  {
    title: {
      en: 'Judges by what you said whether you have finished',
      de: 'Erkennt am Gesagten, ob Sie fertig sind',
    },
    of: ({ turnDetection }) => nativeIf(turnDetection.includes('semantic_vad')),
  },
  {
    title: { en: 'Takes turns by a talk key', de: 'Wechselt auf Tastendruck' },
    of: ({ manualTurns, turnDetection }) =>
      manualTurns ? 'native' : turnDetection.length > 0 ? 'none' : 'supplied',
  },
  {
    title: { en: 'Stops when you interrupt', de: 'Hält an, wenn Sie unterbrechen' },
    of: ({ interruption }) => (interruption === 'native' ? 'native' : 'supplied'),
  },
  {
    title: {
      en: 'Keeps apart what you heard and what you did not',
      de: 'Hält auseinander, was Sie gehört haben und was nicht',
    },
    of: ({ truncation }) => (truncation === 'native' ? 'native' : 'supplied'),
  },
  {
    title: { en: 'Writes down what you say', de: 'Schreibt mit, was Sie sagen' },
    of: ({ inputTranscription }) => (inputTranscription === 'native' ? 'native' : 'supplied'),
  },
  {
    title: { en: 'Goes on with an earlier conversation', de: 'Setzt ein früheres Gespräch fort' },
    of: ({ historySeeding }) => (historySeeding === 'none' ? 'none' : 'supplied'),
  },
  {
    title: {
      en: 'Goes on when its longest session is over',
      de: 'Macht weiter, wenn die längste Sitzung vorbei ist',
    },
    of: ({ sessionLimitMinutes }) => (sessionLimitMinutes === null ? 'native' : 'supplied'),
  },
  {
    title: { en: 'Forgets an entry when told to', de: 'Vergisst einen Eintrag auf Wunsch' },
    of: ({ itemDeletion }) => nativeIf(itemDeletion === 'native'),
  },
  {
    title: { en: 'Sessions that only write down speech', de: 'Sitzungen, die nur mitschreiben' },
    of: ({ transcriptionSessions }) => nativeIf(transcriptionSessions),
  },
  {
    title: { en: 'Looks at images', de: 'Sieht Bilder' },
    of: ({ inputModalities }) => nativeIf(inputModalities.includes('image')),
  },
  {
    title: { en: 'Calls functions', de: 'Ruft Funktionen' },
    of: ({ tools }) => nativeIf(tools.includes('function')),
  },
  {
    title: { en: 'Uses MCP servers by itself', de: 'Nutzt selbst MCP-Server' },
    of: ({ tools }) => nativeIf(tools.includes('mcp')),
  },
  {
    title: { en: 'Changes its voice within a session', de: 'Wechselt die Stimme in einer Sitzung' },
    of: ({ updatable, voiceLock }) => nativeIf(updatable.includes('voice') && voiceLock === 'none'),
  },
  {
    title: { en: 'Answers beside the conversation', de: 'Antwortet neben dem Gespräch' },
    of: ({ outOfBandResponses }) => nativeIf(outOfBandResponses),
  },
  {
    title: { en: 'Instructions for one answer', de: 'Anweisungen für eine einzelne Antwort' },
    of: ({ responseOverrides }) => nativeIf(responseOverrides),
  },
]

function nativeIf(isThere: boolean): Doer {
  return isThere ? 'native' : 'none'
}
