import type { z } from 'zod'
import { RealtimeError } from '../errors.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Longest piece of a client's text that is repeated in an error, in characters. */
const maxEchoedLength = 64

/** The client's event breaks its schema: the first issue as an error that names the field. */
export function schemaError(
  raw: unknown,
  error: z.core.$ZodError,
  eventId: string | undefined,
): RealtimeError {
  const issue = error.issues[0]
  if (!issue) return new RealtimeError('invalid_event', 'The event is invalid.', { eventId })
  const param = dotted(issue.path)
  if (valueAt(raw, issue.path) === undefined) {
    return new RealtimeError('missing_required_parameter', `Missing required parameter: '${param}'.`, {
      param,
      eventId,
    })
  }
  return new RealtimeError('invalid_value', `Invalid value for '${param}'. ${expectation(issue)}`, {
    param,
    eventId,
  })
}

/** The client's event has a key that does not exist. */
export function unknownParameter(path: Path, eventId: string | undefined): RealtimeError {
  const param = dotted(path)
  return new RealtimeError('unknown_parameter', `Unknown parameter: '${param}'.`, { param, eventId })
}

/** `['item', 'content', 0, 'type']` as `item.content[0].type`, the vendor's spelling. */
function dotted(path: Path): string {
  let text = ''
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`
    else text += (text && '.') + String(key).slice(0, maxEchoedLength)
  }
  return text
}

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

function expectation(issue: Issue): string {
  // Schemas say what they expect in whole sentences; the rest are zod's own messages.
  if (issue.message.startsWith('Expected ')) return issue.message
  if (issue.code === 'invalid_value') return `Expected ${alternatives(issue.values)}.`
  if (issue.code === 'invalid_type') return `Expected ${nouns[issue.expected] ?? issue.expected}.`
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) {
    return `Expected ${alternatives(issue.options)}.`
  }
  return `${issue.message}.`
}

const nouns: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
}

function alternatives(values: readonly unknown[]): string {
  const quoted = values.map((value) => `'${String(value)}'`)
  const last = quoted.pop() ?? 'nothing'
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}
