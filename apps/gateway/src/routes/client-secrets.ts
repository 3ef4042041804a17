import { openaiBeta, openaiGa } from '@parley/core'
import type { ClientEvent, Dialect } from '@parley/core'
import { Hono } from 'hono'
import { z } from 'zod'
import { keptPerson } from '../memory/context-request.ts'
import { checkSecretFields } from '../own-parameters.ts'
import { recordKinds } from '../record-kinds.ts'
import { parseBody } from '../request-body.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import type { ClientSecrets } from '../secrets.ts'

/** What the route needs. */
export interface ClientSecretOptions {
  readonly secrets: ClientSecrets
  readonly newId: (prefix: string) => string
}

const lifetime = z
  .object({
    anchor: z.literal('created_at').default('created_at'),
    seconds: z.int().min(10).max(7200).default(600),
  })
  .default({ anchor: 'created_at', seconds: 600 })

const secretRequest = z.looseObject({
  expires_after: lifetime,
  /** Parley's own: the sessions of this secret are recorded. */
  record: z.enum(recordKinds).optional(),
  /** Parley's own: whose facts its sessions are told and learn. */
  person: z.string().optional(),
  session: z
    .looseObject({
      type: z.enum(['realtime', 'transcription']).default('realtime'),
      model: z.string().optional(),
    })
    .optional(),
})

/** The API reference calls the lifetime `expires_after`, the packages of that time `expires_at`. */
const betaRequest = z.looseObject({
  model: z.string().optional(),
  client_secret: z
    .object({ expires_after: lifetime.optional(), expires_at: lifetime.optional() })
    .default({}),
})

/**
 * `POST /v1/realtime/client_secrets`: a credential a browser may hold. Its session object is applied as the
 * first `session.update` of every session it opens.
 */
export function clientSecretRoutes({
  secrets,
  keepsPeople,
  newId,
}: ClientSecretOptions & { readonly keepsPeople: boolean }): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>().post('/', async (c) => {
    const asked = await parseBody(c.req.raw, secretRequest)
    checkSecretFields(Object.keys(asked))
    const { expires_after: lifetime, record, person, session } = asked
    const secret = await secrets.mint(lifetime.seconds, {
      model: session?.model,
      intent: session?.type === 'transcription' ? 'transcription' : 'conversation',
      record,
      person: person === undefined ? undefined : keptPerson(person, keepsPeople),
      firstEvent: session && toSessionUpdate(session, openaiGa),
    })
    return c.json({
      value: secret.value,
      expires_at: seconds(secret.expiresAt),
      session: { type: 'realtime', ...session, id: newId('sess'), object: 'realtime.session', expires_at: 0 },
    })
  })
}

/**
 * `POST /v1/realtime/sessions`: the same as clients from before GA ask for it. The body is their flat session
 * object, which comes back with the secret in it.
 */
export function betaSessionRoutes({ secrets, newId }: ClientSecretOptions): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>().post('/', async (c) => {
    const { client_secret: asked, ...session } = await parseBody(c.req.raw, betaRequest)
    const { seconds: lifetimeSeconds } = asked.expires_after ?? asked.expires_at ?? { seconds: 600 }
    const secret = await secrets.mint(lifetimeSeconds, {
      model: session.model,
      intent: 'conversation',
      firstEvent: toSessionUpdate(session, openaiBeta),
    })
    return c.json({
      ...session,
      id: newId('sess'),
      object: 'realtime.session',
      expires_at: 0,
      client_secret: { value: secret.value, expires_at: seconds(secret.expiresAt) },
    })
  })
}

function seconds(unixMs: number): number {
  return Math.floor(unixMs / 1000)
}

/** Checked by the codec that would read it from a socket, so that a bad field is refused now and not later. */
function toSessionUpdate(
  session: Readonly<Record<string, unknown>>,
  dialect: Dialect,
): ClientEvent | undefined {
  const { model: _fixedByTheConnection, ...settings } = session
  return dialect.acceptor().decode(JSON.stringify({ type: 'session.update', session: settings }))[0]
}
