import type { FunctionTool } from '../../stages.ts'
import type { Question } from './question.ts'
import { toSearchForm } from './spelling.ts'

type Schema = Readonly<Record<string, unknown>>
type Value = string | number | boolean | null | readonly unknown[] | Schema

/** Arguments found for a call, and whether every required one was. */
export interface FilledArguments {
  readonly complete: boolean
  readonly values: Readonly<Record<string, Value>>
}

/**
 * Fills the parameters of a tool from the last utterance: an enum value that is said, numbers in order, and for text
 * the words after a preposition, a name, or the whole utterance for parameters such as `query`. With `force`, what was
 * not found gets a plain value of its type, since the caller insists on a call.
 */
export function fillArguments(tool: FunctionTool, question: Question, force: boolean): FilledArguments {
  const schema = asSchema(tool.parameters)
  const properties = asSchema(schema['properties'])
  const required = Array.isArray(schema['required'])
    ? schema['required'].filter((name) => typeof name === 'string')
    : []
  const numbers = (question.counted.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number)
  const values: Record<string, Value> = {}
  let complete = true
  for (const [name, property] of Object.entries(properties)) {
    const parameter = asSchema(property)
    const needed = required.includes(name)
    const found =
      find(name, parameter, question, numbers) ??
      (needed && force ? plainValue(parameter, question) : undefined)
    if (found !== undefined) values[name] = found
    else if (needed) complete = false
  }
  return { complete, values }
}

function find(name: string, parameter: Schema, question: Question, numbers: number[]): Value | undefined {
  const choices = parameter['enum']
  if (Array.isArray(choices)) return findChoice(choices, question) ?? asValue(parameter['default'])
  const type = Array.isArray(parameter['type']) ? parameter['type'][0] : parameter['type']
  if (type === 'integer') return takeFirst(numbers, Number.isInteger)
  if (type === 'number') return takeFirst(numbers, Number.isFinite)
  if (type === 'boolean') return findSwitch(question) ?? asValue(parameter['default'])
  if (type === 'string' || type === undefined)
    return findText(name, question) ?? asValue(parameter['default'])
  return asValue(parameter['default'])
}

function findChoice(choices: readonly unknown[], question: Question): Value | undefined {
  const heard = ` ${toSearchForm(question.plain)} ${toSearchForm(question.counted)} `
  const said = choices.find((choice) => heard.includes(` ${toSearchForm(words(String(choice)))} `))
  return asValue(said)
}

function takeFirst(numbers: number[], fits: (value: number) => boolean): number | undefined {
  const at = numbers.findIndex(fits)
  return at < 0 ? undefined : numbers.splice(at, 1)[0]
}

function findSwitch({ plain }: Question): boolean | undefined {
  if (/\b(?:off|no|not|without|disable|false|aus|nicht|kein|keine|ohne)\b/iu.test(plain)) return false
  return /\b(?:on|yes|with|enable|true|an|ein|ja|mit)\b/iu.test(plain) ? true : undefined
}

const prepositions =
  /\b(?:in|at|for|to|from|of|about|near|called|named|für|nach|aus|von|über|bei|namens|um)\s+(?<rest>(?:(?!\b(?:in|at|for|to|from|today|tomorrow|now|please|right|heute|morgen|bitte|jetzt|gerade|für|nach|von|um)\b)[\p{L}\p{N}'’-]+\s?){1,6})/iu

/** Text for a parameter; free text takes the utterance, anything else what a preposition or a capital points at. */
function findText(name: string, { raw, plain }: Question): string | undefined {
  if (plain === '') return undefined
  if (
    /^(?:query|question|text|message|prompt|q|input|search|content|request|note|frage|anfrage|nachricht)/i.test(
      name,
    )
  ) {
    return raw.trim()
  }
  if (/date|day|tag|datum|when/i.test(name)) {
    return /\b(?:today|tomorrow|yesterday|\p{L}+day|heute|morgen|gestern|\p{L}+tag)\b/iu.exec(plain)?.[0]
  }
  const pointed = prepositions.exec(plain)?.groups?.['rest']?.trim()
  if (pointed !== undefined)
    return pointed.replace(/^(?:the|a|an|my|der|die|das|den|dem|mein|meine)\s+/iu, '')
  return /(?<=\S\s)(?!I\b)\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)*/u.exec(plain)?.[0]
}

function plainValue(parameter: Schema, { raw }: Question): Value {
  if (Array.isArray(parameter['enum'])) return asValue(parameter['enum'][0]) ?? ''
  const type = Array.isArray(parameter['type']) ? parameter['type'][0] : parameter['type']
  if (type === 'integer' || type === 'number') return 0
  if (type === 'boolean') return true
  if (type === 'array') return []
  if (type === 'object') return {}
  return type === 'null' ? null : raw.trim()
}

/** `get_weather` and `getWeather` as words. */
export function words(name: string): string {
  return name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').replace(/[_\-./]+/g, ' ')
}

function asSchema(value: unknown): Schema {
  // Checked: any non-null object can be read by key; what is read stays unknown.
  return typeof value === 'object' && value !== null ? (value as Schema) : {}
}

function asValue(value: unknown): Value | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}
