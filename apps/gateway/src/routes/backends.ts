import type { Provider } from '@parley/core'
import { Hono } from 'hono'
import { backendSetups } from '../backend-setups.ts'
import type { RouteEnvironment } from '../route-environment.ts'

/** `/v1/backends`: what each backend can do, as it stands now, and what turns on those that are not there. */
export function backendRoutes(
  backends: ReadonlyMap<string, Provider>,
  defaultBackend: string,
): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>().get('/', (c) =>
    c.json({
      backends: [...backends].map(([name, { capabilities }]) => ({
        name,
        default: name === defaultBackend,
        capabilities,
      })),
      unavailable: backendSetups
        .filter(({ name }) => !backends.has(name))
        .map(({ name, title, setting, help }) => ({ name, title, setting, help })),
    }),
  )
}
