import { RealtimeError } from '@parley/core'
import type { z } from 'zod'

/** The JSON body of a request, an empty one read as `{}`. Throws an error that names the first field at fault. */
export async function parseBody<Output>(request: Request, schema: z.ZodType<Output>): Promise<Output> {
  const parsed = schema.safeParse(await readJson(request))
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

function badField(cause: z.ZodError): RealtimeError {
  const issue = cause.issues[0]
  const message = issue?.message ?? 'The body is not valid.'
  if (issue?.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0] ?? ''].join('.')
    return new RealtimeError('unknown_parameter', message, { param, cause })
  }
  return new RealtimeError('invalid_value', message, { param: issue?.path.join('.') || 'body', cause })
}
