import { factsOf } from '../facts/backends/index.ts'
import type { Fact } from '../facts/backend-facts.ts'
import type { ReferenceBackend, ReferenceCapabilities, ReferenceEvidence } from '../reference/reference.ts'
import type { Language, Words } from '../site/language.ts'
import { priceText } from './price-text.ts'

/** What backends are compared by, in the order of the columns: what decides most comes first. */
export const aspects = [
  'useCases',
  'price',
  'latency',
  'intelligence',
  'voices',
  'context',
  'integration',
  'input',
  'output',
] as const

/** One of them. */
export type Aspect = (typeof aspects)[number]

/** Their names. */
export const aspectWords: Readonly<Record<Aspect, Words>> = {
  input: { en: 'Input', de: 'Eingabe' },
  output: { en: 'Output', de: 'Ausgabe' },
  context: { en: 'Context', de: 'Kontext' },
  latency: { en: 'Latency', de: 'Latenz' },
  integration: { en: 'Integration', de: 'Anbindung' },
  intelligence: { en: 'Intelligence', de: 'Intelligenz' },
  voices: { en: 'Voices', de: 'Stimmen' },
  useCases: { en: 'Good for', de: 'Gut für' },
  price: { en: 'Price', de: 'Preis' },
}

/** What a cell says, and where that comes from; never without a source. */
export interface Cell {
  readonly text: string
  readonly evidence: readonly Source[]
}

/** A source without the fields it speaks of. */
export type Source = Omit<ReferenceEvidence, 'fields'>

/** A backend of this repository is its own evidence. */
const ownTests: Source = {
  source: 'Runs in Parley itself: held by its tests',
  date: '2026-11-23',
  confidence: 'measured',
}

/** One backend under every aspect. */
export function cellsOf(backend: ReferenceBackend, language: Language): Readonly<Record<Aspect, Cell>> {
  const { capabilities } = backend
  const { latency, intelligence, useCases } = factsOf(backend.name)
  const from = (text: string, fields: readonly string[]): Cell => ({
    text,
    evidence: sourcesOf(capabilities, fields),
  })
  return {
    input: from(inputText(capabilities, language), ['inputModalities', 'inputFormats']),
    output: from(outputText(capabilities, language), ['outputModalities', 'outputFormats']),
    context: from(contextText(capabilities, language), [
      'contextWindowTokens',
      'sessionLimitMinutes',
      'historySeeding',
    ]),
    latency: cellOf(latency, language),
    integration: from(integrationText(capabilities, language), ['dialect', 'tools']),
    intelligence: intelligenceCell(capabilities, intelligence, language),
    voices: from(voicesText(backend, language), ['voices', 'otherVoices', 'languages']),
    useCases: cellOf(useCases, language),
    price: from(priceText(capabilities, language), ['price']),
  }
}

/** Sources that speak of any of the fields. */
export function sourcesOf({ evidence }: ReferenceCapabilities, fields: readonly string[]): readonly Source[] {
  if (evidence.length === 0) return [ownTests]
  return evidence
    .filter((each) => each.fields.some((field) => fields.includes(field)))
    .map(({ source, date, confidence }) => ({ source, date, confidence }))
}

function cellOf({ words, evidence }: Fact, language: Language): Cell {
  return { text: words[language], evidence: [evidence] }
}

function intelligenceCell(capabilities: ReferenceCapabilities, fact: Fact, language: Language): Cell {
  const { models, sessionFields } = capabilities
  if (models.length === 0) return cellOf(fact, language)
  const [first] = models
  const others = models.length - 1
  const more = { en: ` and ${others} more`, de: ` und ${others} weitere` }[language]
  const reasoning = sessionFields.includes('reasoning')
    ? { en: '; the effort of its reasoning can be set', de: '; wie viel es nachdenkt, ist einstellbar' }[
        language
      ]
    : ''
  return {
    text: `${first}${others > 0 ? more : ''}${reasoning}`,
    evidence: sourcesOf(capabilities, ['models', 'sessionFields']),
  }
}

const modalityWords: Readonly<Record<string, Words>> = {
  audio: { en: 'speech', de: 'Sprache' },
  text: { en: 'text', de: 'Text' },
  image: { en: 'images', de: 'Bilder' },
}

function modalities(names: readonly string[], language: Language): string {
  return names.map((name) => modalityWords[name]?.[language] ?? name).join(', ')
}

/** Speech is what every session hears, whatever a message may hold besides. */
function inputText({ inputModalities, inputFormats }: ReferenceCapabilities, language: Language): string {
  const names = ['audio', 'text', 'image'].filter(
    (name) => name === 'audio' || inputModalities.includes(name),
  )
  return `${capital(modalities(names, language))} (${formats(inputFormats)})`
}

function outputText(
  { outputModalities, outputFormats, sessionExtensions }: ReferenceCapabilities,
  language: Language,
): string {
  const avatar = sessionExtensions.includes('avatar') ? [{ en: 'avatar', de: 'Avatar' }[language]] : []
  const names = [modalities(outputModalities, language), ...avatar].join(', ')
  return `${capital(names)} (${formats(outputFormats)})`
}

/** `pcm 24000`, `pcm 8000`, `pcmu 8000` as `PCM 24/8 kHz, G.711`. */
function formats(names: readonly string[]): string {
  const rates = names.flatMap((name) => (name.startsWith('pcm ') ? [Number(name.slice(4)) / 1000] : []))
  const pcm = rates.length === 0 ? [] : [`PCM ${[...new Set(rates)].join('/')} kHz`]
  return [...pcm, ...(names.length > rates.length ? ['G.711'] : [])].join(', ')
}

function contextText(capabilities: ReferenceCapabilities, language: Language): string {
  const { contextWindowTokens: tokens, sessionLimitMinutes: minutes } = capabilities
  const context =
    tokens === null
      ? { en: 'Depends on the model', de: 'Hängt vom Modell ab' }[language]
      : `${tokens.toLocaleString(language)} Tokens`.replace('Tokens', language === 'en' ? 'tokens' : 'Tokens')
  const limit =
    minutes === null
      ? { en: 'never has to begin anew', de: 'muss nie neu beginnen' }[language]
      : typeof minutes === 'number'
        ? {
            en: `begins anew every ${minutes} minutes, told by Parley what was said`,
            de: `beginnt alle ${minutes} Minuten neu und erfährt von Parley, was gesagt wurde`,
          }[language]
        : { en: 'longest session not known', de: 'Höchstdauer nicht bekannt' }[language]
  return `${context}; ${limit}`
}

const dialectWords: Readonly<Record<string, string>> = {
  'openai-ga': 'OpenAI Realtime GA',
  'openai-beta': 'OpenAI Realtime beta',
  'voice-live': 'Voice Live',
  'gemini-live': 'Gemini Live',
}

function integrationText({ dialect, tools }: ReferenceCapabilities, language: Language): string {
  const wire =
    dialect === null
      ? { en: 'Runs inside Parley', de: 'Läuft in Parley' }[language]
      : (dialectWords[dialect] ?? dialect)
  const words = tools.map((tool) =>
    tool === 'mcp' ? 'MCP' : { en: 'functions', de: 'Funktionen' }[language],
  )
  const own =
    words.length === 0 ? { en: 'no tools of the client', de: 'keine Werkzeuge des Clients' }[language] : ''
  return `${wire}; ${own}${words.join(', ')}`
}

function voicesText(
  { name, capabilities: { voices, otherVoices, languages, sessionExtensions } }: ReferenceBackend,
  language: Language,
): string {
  const listed = voices.length
  const more = sessionExtensions.includes('voice')
    ? { en: 'Azure’s catalogue', de: 'Katalog von Azure' }[language]
    : otherVoices
      ? { en: 'others by name', de: 'weitere über ihren Namen' }[language]
      : ''
  const count = listed > 0 ? [{ en: `${listed} voices`, de: `${listed} Stimmen` }[language]] : []
  const voiceWords = `${[...count, ...(more === '' ? [] : [more])].join(' + ')}${factsOf(name).moreVoices?.[language] ?? ''}`
  const spoken =
    languages.length === 0
      ? { en: 'languages not known', de: 'Sprachen nicht bekannt' }[language]
      : { en: `${languages.length} languages`, de: `${languages.length} Sprachen` }[language]
  return `${voiceWords}; ${spoken}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
