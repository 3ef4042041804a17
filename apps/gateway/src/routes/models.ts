import { RealtimeError } from '@parley/core'
import type { Provider } from '@parley/core'
import { Hono } from 'hono'
import type { RouteEnvironment } from '../route-environment.ts'
import { shownBackends } from '../shown-backends.ts'

/** `/v1/models` in OpenAI's list shape: each backend by its name and each of its models as `<backend>/<model>`. */
export function modelRoutes(
  backends: ReadonlyMap<string, Provider>,
  startedAt: number,
): Hono<RouteEnvironment> {
  const created = Math.floor(startedAt / 1000)

  function list() {
    return [...shownBackends(backends)].flatMap(([backend, { capabilities }]) =>
      [backend, ...capabilities.models.map((model) => `${backend}/${model}`)].map((id) => ({
        id,
        object: 'model' as const,
        created,
        owned_by: backend,
      })),
    )
  }

  return new Hono<RouteEnvironment>()
    .get('/', (c) => c.json({ object: 'list' as const, data: list() }))
    .get('/:id{.+}', (c) => {
      const model = list().find(({ id }) => id === c.req.param('id'))
      if (model === undefined) {
        throw new RealtimeError('model_not_found', 'There is no such model.', { param: 'model' })
      }
      return c.json(model)
    })
}
