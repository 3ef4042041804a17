import { RealtimeError, openaiGa } from '@parley/core'
import type { ClientEvent } from '@parley/core'
import { Hono } from 'hono'
import { z } from 'zod'
import type { RouteEnvironment } from '../route-environment.ts'
import type { ClientSecrets } from '../secrets.ts'

/** What the route needs. */
export interface ClientSecretOptions {
  readonly secrets: ClientSecrets
  readonly newId: (prefix: string) => string
}

const secretRequest = z.object({
  expires_after: z
    .object({
      anchor: z.literal('created_at').default('created_at'),
      seconds: z.int().min(10).max(7200).default(600),
    })
    .default({ anchor: 'created_at', seconds: 600 }),
  session: z
    .looseObject({ type: z.literal('realtime').default('realtime'), model: z.string().optional() })
    .optional(),
})

/**
 * `POST /v1/realtime/client_secrets`: a credential a browser may hold. Its session object is applied as the
 * first `session.update` of every session it opens.
 */
export function clientSecretRoutes({ secrets, newId }: ClientSecretOptions): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>().post('/', async (c) => {
    const request = secretRequest.safeParse(await readJson(c.req.raw))
    if (!request.success) throw badField(request.error)
    const { expires_after: lifetime, session } = request.data
    const secret = secrets.mint(lifetime.seconds, {
      model: session?.model,
      firstEvent: toSessionUpdate(session),
    })
    const expiresAt = Math.floor(secret.expiresAt / 1000)
    return c.json({
      value: secret.value,
      expires_at: expiresAt,
      session: { type: 'realtime', ...session, id: newId('sess'), object: 'realtime.session', expires_at: 0 },
    })
  })
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

/** Checked by the codec that would read it from a socket, so that a bad field is refused now and not later. */
function toSessionUpdate(session: Readonly<Record<string, unknown>> | undefined): ClientEvent | undefined {
  if (session === undefined) return undefined
  const { model: _fixedByTheConnection, ...settings } = session
  return openaiGa.acceptor().decode(JSON.stringify({ type: 'session.update', session: settings }))[0]
}

function badField(error: z.ZodError): RealtimeError {
  const issue = error.issues[0]
  return new RealtimeError('invalid_value', issue?.message ?? 'The body is not valid.', {
    param: issue?.path.join('.') || 'body',
    cause: error,
  })
}
