import { RealtimeError } from '@parley/core'
import { Hono } from 'hono'
import type { Recorder } from '../recorder.ts'
import type { RouteEnvironment } from '../route-environment.ts'

/** `/v1/cassettes`: list, download, upload and delete recorded sessions. */
export function cassetteRoutes({ cassettes, redact }: Recorder): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>()
    .get('/', async (c) => c.json({ data: await cassettes.list() }))
    .post('/', async (c) => {
      const summary = await cassettes.add(await c.req.text(), redact)
      return c.json(summary, 201, { location: `/v1/cassettes/${summary.id}` })
    })
    .get('/:id', async (c) => {
      const id = c.req.param('id')
      return c.body(await cassettes.read(id), 200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': `attachment; filename="${id}.ndjson"`,
      })
    })
    .delete('/:id', async (c) => {
      if (await cassettes.delete(c.req.param('id'))) return c.body(null, 204)
      throw new RealtimeError('not_found', 'There is no such cassette.', { param: 'id' })
    })
}
