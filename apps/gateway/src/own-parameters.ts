import { RealtimeError } from '@parley/core'
import { distance } from 'fastest-levenshtein'

/** Query parameters of a session that are Parley's own, beside those of the vendors. */
const ownParameters = [
  'backend',
  'conversation',
  'dialect',
  'context',
  'context_tokens',
  'person',
  'record',
  'keep_audio',
  'resume',
  'after',
] as const

/** A vendor's own that looks like one of them: Voice Live names the thread of an agent so. */
const alike: ReadonlySet<string> = new Set(['conversation-id'])

/** What of them a client secret may hold. */
const secretFields = ['person', 'record'] as const

/**
 * Refuses a parameter of Parley's own that is given twice or misspelt: `invalid_value` or `unknown_parameter` with its
 * name. All others are let through, since clients of the vendors send their own.
 */
export function checkQuery(query: URLSearchParams): void {
  for (const name of new Set(query.keys())) {
    if (ownParameters.some((own) => own === name)) {
      const { length } = query.getAll(name)
      if (length > 1) throw refusal('invalid_value', `${name} is given ${length} times. Give it once.`, name)
    } else if (!alike.has(name)) refuseSlip(name, ownParameters)
  }
}

/**
 * Refuses fields of a client secret that are Parley's own and misspelt, and those that belong into the address of the
 * session: `unknown_parameter` with the name. All others are let through.
 */
export function checkSecretFields(names: readonly string[]): void {
  for (const name of names) {
    if (secretFields.some((own) => own === name)) continue
    if (ownParameters.some((own) => own === name)) {
      const message = `${name} is no part of a client secret. Give it in the address of the session.`
      throw refusal('unknown_parameter', message, name)
    }
    refuseSlip(name, secretFields)
  }
}

function refuseSlip(name: string, own: readonly string[]): void {
  const meant = own.find((known) => isSlip(plain(name), plain(known)))
  if (meant === undefined) return
  throw refusal('unknown_parameter', `There is no parameter ${name}. Did you mean ${meant}?`, name)
}

/** Two letters changed over, or one off, two in a long name; short names are too much like others for more. */
function isSlip(name: string, known: string): boolean {
  const swaps = Array.from({ length: known.length - 1 }, (_, at) => swapped(known, at))
  if (swaps.includes(name)) return true
  return Math.abs(name.length - known.length) <= 2 && distance(name, known) <= (known.length < 8 ? 1 : 2)
}

function swapped(name: string, at: number): string {
  return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2)
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

function refusal(code: 'invalid_value' | 'unknown_parameter', message: string, param: string): RealtimeError {
  return new RealtimeError(code, message, { param })
}
