import { RealtimeError } from '@parley/core'
import type { z } from 'zod'

/** The JSON body of a request, an empty one read as `{}`. Throws an error that names the first field at fault. */
export async function parseBody<Output>(request: Request, schema: z.ZodType<Output>): Promise<Output> {
  const parsed = schema.safeParse(await readJson(request), { error: plainWords })
  if (!parsed.success) throw badField(parsed.error)
  return parsed.data
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RealtimeError('invalid_value', 'The body is not JSON.', { param: 'body', cause })
  }
}

/** What is said of a field whose schema has no words of its own for it, to follow its name. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  const name = issue.path?.map(String).join('.') || 'The body'
  switch (issue.code) {
    case 'too_small':
    case 'too_big': {
      const [limit, side] = issue.code === 'too_small' ? [issue.minimum, 'least'] : [issue.maximum, 'most']
      const unit = units.get(issue.origin)
      return unit === undefined
        ? `${name} is at ${side} ${limit}.`
        : `${name} has at ${side} ${limit} ${unit}.`
    }
    case 'invalid_type':
      return issue.input === undefined
        ? `${name} is missing.`
        : `${name} is not ${kinds.get(issue.expected) ?? issue.expected}.`
    case 'invalid_value':
      return `${name} is not one of ${issue.values.map(String).join(', ')}.`
    case 'unrecognized_keys':
      return `There is no field ${issue.keys.join(', ')} here.`
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return undefined
  }
}

/** What is counted of values that have a size. */
const units: ReadonlyMap<string, string> = new Map([
  ['string', 'characters'],
  ['array', 'entries'],
  ['set', 'entries'],
])

const kinds: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
])

function badField(cause: z.ZodError): RealtimeError {
  const issue = cause.issues[0]
  const message = issue?.message ?? 'The body is not valid.'
  if (issue?.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0] ?? ''].join('.')
    return new RealtimeError('unknown_parameter', message, { param, cause })
  }
  return new RealtimeError('invalid_value', message, { param: issue?.path.join('.') || 'body', cause })
}
