import { words } from './tool-arguments.ts'
import type { AnswerLanguage } from './spelling.ts'

/** Longest spoken result, in characters. */
const maxSpokenChars = 600

const texts = {
  en: {
    empty: 'It is done.',
    failed: 'The function failed',
    yes: 'yes',
    no: 'no',
    none: 'nothing',
    is: 'is',
  },
  de: {
    empty: 'Das ist erledigt.',
    failed: 'Die Funktion ist gescheitert',
    yes: 'ja',
    no: 'nein',
    none: 'nichts',
    is: 'ist',
  },
} as const

/** Results of functions as sentences: JSON becomes "temperature is 21, sky is clear", text is spoken as it is. */
export function speakOutputs(outputs: readonly string[], language: AnswerLanguage): string {
  return outputs.map((output) => speakOutput(output, language)).join(' ')
}

function speakOutput(output: string, language: AnswerLanguage): string {
  const value = parse(output)
  const failure = isRecord(value) && 'error' in value ? flatten(value['error'], language) : undefined
  const text = failure === undefined ? flatten(value, language) : `${texts[language].failed}: ${failure}`
  const short =
    text.length > maxSpokenChars ? `${text.slice(0, text.lastIndexOf(' ', maxSpokenChars))} …` : text
  if (short.trim() === '') return texts[language].empty
  const sentence = short.charAt(0).toUpperCase() + short.slice(1)
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}

function flatten(value: unknown, language: AnswerLanguage): string {
  const speak = texts[language]
  if (value === null || value === undefined) return speak.none
  if (typeof value === 'boolean') return value ? speak.yes : speak.no
  if (Array.isArray(value)) return value.map((entry) => flatten(entry, language)).join(', ')
  if (typeof value === 'string') return value.trim()
  if (!isRecord(value)) return JSON.stringify(value)
  const entries = Object.entries(value)
  const only = entries.length === 1 ? entries[0] : undefined
  if (
    only !== undefined &&
    /^(?:result|output|answer|message|text|value|data|content|response)$/i.test(only[0])
  ) {
    return flatten(only[1], language)
  }
  return entries
    .map(
      ([key, entry]) =>
        `${words(key).toLowerCase()} ${isNested(entry) ? ':' : speak.is} ${flatten(entry, language)}`,
    )
    .join(', ')
    .replaceAll(' : ', ': ')
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output)
  } catch {
    return output
  }
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isNested(value) && !Array.isArray(value)
}
