import { RealtimeError } from '@parley/core'
import { Hono } from 'hono'
import type { LiveConversations } from '../live-conversations.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { takenOver } from '../serve-call.ts'
import { tokenHeader } from '../sessions/cluster.ts'
import type { Cluster } from '../sessions/cluster.ts'
import type { Switchboard } from '../sessions/switchboard.ts'
import type { Sockets } from '../socket.ts'

/** What the routes need. */
export interface InternalOptions {
  readonly cluster: Cluster
  readonly switchboard: Switchboard
  /** Of this process alone. */
  readonly live: LiveConversations
  readonly sockets: Sockets
}

/**
 * What replicas ask of each other: `GET /internal/sessions/:id?after=` is a client of another replica that comes back,
 * `POST /internal/conversations/:id/end` ends what works on a conversation here.
 */
export function internalRoutes({
  cluster,
  switchboard,
  live,
  sockets,
}: InternalOptions): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>()
    .use(async (c, next) => {
      if (!cluster.admits(c.req.raw.headers)) {
        throw new RealtimeError('invalid_api_key', 'This address is for gateways of the same cluster.')
      }
      await next()
    })
    .get('/sessions/:id', (c) => {
      const token = c.req.header(tokenHeader) ?? ''
      return sockets.accept(
        c,
        switchboard.findHere(c.req.param('id'), token, Number(c.req.query('after') ?? Number.NaN)),
      )
    })
    .post('/conversations/:id/end', async (c) => {
      await endHere(live, c.req.param('id'))
      return c.body(null, 204)
    })
}

/** Ends what works on a conversation in this process; resolves when it has settled. */
export async function endHere(live: LiveConversations, id: string): Promise<void> {
  if (live.has(id)) await live.takeOver({ id, reason: takenOver(), task: async () => undefined })
}
