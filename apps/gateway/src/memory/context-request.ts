import { RealtimeError } from '@parley/core'
import type { ContextOptions } from '@parley/core/context'
import { contextStrategies, contextTokens } from './memory-settings.ts'

/** Names of the query's parts. */
export interface ContextQuery {
  readonly strategy: string
  readonly tokens: string
}

/** How much a backend is to be told; what the query leaves open is `fallback`. Throws `invalid_value` naming the part. */
export function parseContextOptions(
  query: URLSearchParams,
  names: ContextQuery,
  fallback: ContextOptions,
): ContextOptions {
  const strategy = query.get(names.strategy)
  const tokens = query.get(names.tokens)
  return {
    strategy: strategy === null ? fallback.strategy : parseStrategy(strategy, names.strategy),
    budgetTokens: tokens === null ? fallback.budgetTokens : parseTokens(tokens, names.tokens),
  }
}

function parseStrategy(text: string, param: string): ContextOptions['strategy'] {
  const strategy = contextStrategies.find((name) => name === text)
  if (strategy !== undefined) return strategy
  throw new RealtimeError('invalid_value', `${param} is one of ${contextStrategies.join(', ')}.`, { param })
}

function parseTokens(text: string, param: string): number {
  const tokens = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (tokens >= contextTokens.min && tokens <= contextTokens.max) return tokens
  const range = `${contextTokens.min} to ${contextTokens.max}`
  throw new RealtimeError('invalid_value', `${param} is a whole number from ${range}.`, { param })
}

/**
 * A person's id as clients may choose it: any name, without the spaces around it. Throws `invalid_value` naming
 * `param`. The names of two dots or one are those of folders: no address can hold them.
 */
export function parsePersonId(text: string, param: string): string {
  const id = text.normalize('NFC').trim()
  if (/^(?!\.{1,2}$)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u.test(id)) return id
  throw new RealtimeError(
    'invalid_value',
    'A person is named by 1 to 64 characters of any script, without line breaks.',
    { param },
  )
}

/** Who speaks, `undefined` for nobody in particular. Throws `unsupported` where facts of people are not kept. */
export function parsePerson(query: URLSearchParams, keepsPeople: boolean): string | undefined {
  const person = query.get('person')
  return person === null ? undefined : keptPerson(person, keepsPeople)
}

/** A person's id where facts of people are kept; throws `unsupported` where they are not. */
export function keptPerson(text: string, keepsPeople: boolean): string {
  if (keepsPeople) return parsePersonId(text, 'person')
  throw peopleOff('person')
}

/** What is said to whoever asks for a person where none are kept. */
export function peopleOff(param: string): RealtimeError {
  const message = 'This gateway keeps no facts of people. Set PARLEY_PEOPLE=on to have them kept.'
  return new RealtimeError('unsupported', message, { param })
}
