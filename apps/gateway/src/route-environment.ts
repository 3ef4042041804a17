import type { IncomingMessage } from 'node:http'
import type { Principal } from './auth.ts'

/** What every route finds in its Hono context. */
export interface RouteEnvironment {
  /** What Node hands over beside the request; empty without a server. */
  Bindings: { readonly incoming?: IncomingMessage }
  Variables: { principal: Principal }
}
