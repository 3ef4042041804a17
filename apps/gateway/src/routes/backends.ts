import { RealtimeError } from '@parley/core'
import type { Provider } from '@parley/core'
import { Hono } from 'hono'
import { backendSetups } from '../backend-setups.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import { shownBackends } from '../shown-backends.ts'

/** What the routes tell of. */
export interface BackendOptions {
  readonly backends: ReadonlyMap<string, Provider>
  readonly defaultBackend: string
  /** Facts of people are kept: a session may name a person. */
  readonly keepsPeople: boolean
}

/**
 * `/v1/backends`: what each backend can do with its default model, as it stands now, and what turns on those that
 * are not there. `/v1/backends/:name?model=` says it of one model.
 */
export function backendRoutes({
  backends,
  defaultBackend,
  keepsPeople,
}: BackendOptions): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>()
    .get('/', (c) =>
      c.json({
        people: keepsPeople,
        backends: [...shownBackends(backends)].map(([name, { capabilities }]) => ({
          name,
          default: name === defaultBackend,
          capabilities,
        })),
        unavailable: backendSetups
          .filter(({ name }) => !shownBackends(backends).has(name))
          .map(({ name, title, setting, help }) => ({ name, title, setting, help })),
      }),
    )
    .get('/:name', (c) => {
      const name = c.req.param('name')
      const provider = backends.get(name)
      if (provider === undefined) {
        throw new RealtimeError('not_found', 'There is no such backend.', { param: 'name' })
      }
      const model = c.req.query('model')
      const capabilities = (model ? provider.capabilitiesFor?.(model) : undefined) ?? provider.capabilities
      return c.json({ name, default: name === defaultBackend, capabilities })
    })
}
