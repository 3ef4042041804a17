import { factsOf } from '../facts/backends/index.ts'
import type { ReferenceBackend, ReferenceCapabilities } from '../reference/reference.ts'
import { limitText } from '../reference/reference.ts'
import type { Language, Words } from '../site/language.ts'

/** A row of the capabilities: its name, its value, and the fields of the record it is made from. */
export interface CapabilityFact {
  readonly title: string
  readonly value: string
  readonly fields: readonly (keyof ReferenceCapabilities)[]
}

/** The capability record in words. */
export function capabilityFacts(
  { name, capabilities }: ReferenceBackend,
  language: Language,
): readonly CapabilityFact[] {
  const row = (
    words: Words,
    value: string,
    ...fields: readonly (keyof ReferenceCapabilities)[]
  ): CapabilityFact => ({ title: words[language], value, fields })
  const c = capabilities
  const { moreVoices } = factsOf(name)
  const none = { en: 'None', de: 'Keine' }[language]
  const limit = language === 'en' ? limitText(c.sessionLimitMinutes) : germanLimit(c.sessionLimitMinutes)
  return [
    row(
      { en: 'Models', de: 'Modelle' },
      list(c.models, { en: 'Whatever is configured', de: 'Was eingerichtet ist' }[language]),
      'models',
    ),
    row({ en: 'Sound in', de: 'Ton hinein' }, list(c.inputFormats, none), 'inputFormats'),
    row({ en: 'Sound out', de: 'Ton heraus' }, list(c.outputFormats, none), 'outputFormats'),
    row({ en: 'Longest session', de: 'Längste Sitzung' }, limit, 'sessionLimitMinutes'),
    row(
      { en: 'Context window', de: 'Kontextfenster' },
      c.contextWindowTokens === null
        ? { en: 'Depends on the model', de: 'Hängt vom Modell ab' }[language]
        : `${c.contextWindowTokens.toLocaleString(language)} Tokens`,
      'contextWindowTokens',
    ),
    row(
      { en: 'Voices', de: 'Stimmen' },
      `${voices(c, language)}${moreVoices?.[language] ?? ''}`,
      'voices',
      'otherVoices',
    ),
    row(
      { en: 'Models that write down', de: 'Modelle für die Mitschrift' },
      list(c.transcriptionModels, { en: 'Any name is taken', de: 'Jeder Name wird genommen' }[language]),
      'transcriptionModels',
    ),
    row(
      { en: 'Languages', de: 'Sprachen' },
      list(c.languages, { en: 'Not known to Parley', de: 'Parley nicht bekannt' }[language]),
      'languages',
    ),
    row(
      { en: 'May change in a session', de: 'Änderbar in einer Sitzung' },
      list(c.updatable, { en: 'Nothing', de: 'Nichts' }[language]),
      'updatable',
    ),
    row({ en: 'Further fields', de: 'Weitere Felder' }, list(c.sessionFields, none), 'sessionFields'),
    row(
      { en: 'Extensions', de: 'Erweiterungen' },
      list([...c.sessionExtensions, ...c.responseExtensions], none),
      'sessionExtensions',
      'responseExtensions',
    ),
    row(
      { en: 'Wire', de: 'Leitung' },
      c.dialect ?? { en: 'None: it runs in Parley', de: 'Keine: es läuft in Parley' }[language],
      'dialect',
    ),
  ]
}

function germanLimit(minutes: ReferenceCapabilities['sessionLimitMinutes']): string {
  if (minutes === null) return 'Keine Grenze'
  return typeof minutes === 'number' ? `${minutes} Minuten` : 'Parley nicht bekannt'
}

function voices({ voices: names, otherVoices }: ReferenceCapabilities, language: Language): string {
  const listed = names.join(', ')
  if (!otherVoices) return listed === '' ? { en: 'None', de: 'Keine' }[language] : listed
  if (listed === '') return { en: 'Those its own list names', de: 'Die aus seiner eigenen Liste' }[language]
  return `${listed}${{ en: ', and others that its own list names', de: ' und weitere aus seiner eigenen Liste' }[language]}`
}

function list(values: readonly string[], nothing: string): string {
  return values.length === 0 ? nothing : [...new Set(values)].join(', ')
}
