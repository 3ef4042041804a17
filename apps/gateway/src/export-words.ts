import type { LifeEvent } from '@parley/core/storage'

/** Languages an export for people is written in. */
export const exportLanguages = ['en', 'de'] as const

/** One of the languages. */
export type ExportLanguage = (typeof exportLanguages)[number]

/** Who reads an export: in which language, and where on Earth its times are read. */
export interface Reader {
  readonly language: ExportLanguage
  /** IANA name such as `Europe/Berlin`; UTC without it. */
  readonly timeZone?: string | undefined
  /** Name of a backend for people. */
  readonly titleOf: (backend: string) => string
}

/** Everything an export says that nobody said in the conversation. */
export interface ExportWords {
  readonly speakers: Readonly<Record<'system' | 'user' | 'assistant', string>>
  readonly untitled: string
  readonly entries: (count: number) => string
  readonly answers: (count: number) => string
  readonly facts: string
  readonly summary: string
  readonly notHeard: string
  readonly wordless: string
  readonly image: string
  readonly toolCall: string
  readonly toolResult: string
  readonly toolsOf: string
  readonly approvalAsked: string
  readonly approval: (given: boolean) => string
  /** `undefined`: seen without words, or of no interest to who reads what was said. */
  readonly life: Readonly<Record<LifeEvent, ((backend: string) => string) | undefined>>
}

/** The words by language. */
export const exportWords: Readonly<Record<ExportLanguage, ExportWords>> = {
  en: {
    speakers: { system: 'System', user: 'You', assistant: 'Parley' },
    untitled: 'Conversation',
    entries: (count) => (count === 1 ? '1 entry' : `${count} entries`),
    answers: (count) => (count === 1 ? '1 answer' : `${count} answers`),
    facts: 'Pinned facts',
    summary: 'Summary of the beginning',
    notHeard: 'Not heard',
    wordless: '(sound without words)',
    image: '(image)',
    toolCall: 'Tool call',
    toolResult: 'Tool result',
    toolsOf: 'Tools of',
    approvalAsked: 'Approval asked for',
    approval: (given) => (given ? 'Approval given' : 'Approval refused'),
    life: {
      connected: (backend) => `${backend} answers from here on.`,
      migrated: (backend) => `${backend} goes on.`,
      resumed: () => 'The conversation went on after a lost connection.',
      interrupted: undefined,
      disconnected: undefined,
      handed_over: undefined,
      forked: () => 'Continued from another conversation.',
      imported: () => 'A copy, imported from a file.',
    },
  },
  de: {
    speakers: { system: 'System', user: 'Du', assistant: 'Parley' },
    untitled: 'Gespräch',
    entries: (count) => (count === 1 ? '1 Eintrag' : `${count} Einträge`),
    answers: (count) => (count === 1 ? '1 Antwort' : `${count} Antworten`),
    facts: 'Angeheftete Tatsachen',
    summary: 'Zusammenfassung des Anfangs',
    notHeard: 'Nicht gehört',
    wordless: '(Ton ohne Worte)',
    image: '(Bild)',
    toolCall: 'Aufruf eines Werkzeugs',
    toolResult: 'Ergebnis eines Werkzeugs',
    toolsOf: 'Werkzeuge von',
    approvalAsked: 'Um Erlaubnis gefragt für',
    approval: (given) => (given ? 'Erlaubt' : 'Nicht erlaubt'),
    life: {
      connected: (backend) => `Ab hier antwortet ${backend}.`,
      migrated: (backend) => `${backend} macht weiter.`,
      resumed: () => 'Das Gespräch ging nach einer Unterbrechung weiter.',
      interrupted: undefined,
      disconnected: undefined,
      handed_over: undefined,
      forked: () => 'Aus einem anderen Gespräch fortgesetzt.',
      imported: () => 'Eine Kopie, aus einer Datei eingelesen.',
    },
  },
}

/** Writes times (Unix ms) for a reader; throws `RangeError` for a zone there is not and a time there cannot be. */
export function timesFor({
  language,
  timeZone,
}: Pick<Reader, 'language' | 'timeZone'>): (at: number) => string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timeZone ?? 'UTC',
  })
  return (at) => (timeZone === undefined ? `${format.format(at)} UTC` : format.format(at))
}

/** True for a time zone there is. */
export function isTimeZone(name: string): boolean {
  try {
    timesFor({ language: 'en', timeZone: name })
    return true
  } catch {
    return false
  }
}
