import { Hono } from 'hono'
import type { Metrics } from '../metrics.ts'
import type { RouteEnvironment } from '../route-environment.ts'

/** `GET /metrics`: what `metrics` counted, as text Prometheus reads. */
export function metricsRoutes({ registry }: Pick<Metrics, 'registry'>): Hono<RouteEnvironment> {
  return new Hono<RouteEnvironment>().get('/', async (c) =>
    c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  )
}
