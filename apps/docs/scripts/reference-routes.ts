import { createMetrics } from '../../gateway/src/metrics.ts'
import { createApp, type Dependencies } from '../../gateway/src/app.ts'
import { createId } from '../../gateway/src/ids.ts'
import { defaultLimits } from '../../gateway/src/limits.ts'
import { createSockets } from '../../gateway/src/socket.ts'
import type { ReferenceRoute } from '../src/reference/reference.ts'

/** What the gateway's parts are made of but its wiring. */
type Parts = Omit<Dependencies, 'runSession' | 'sockets' | 'limits' | 'metrics' | 'now' | 'newId'>

/** Every route of a gateway with everything turned on; what runs before all routes is left out. */
export function referenceRoutes(parts: Parts): readonly ReferenceRoute[] {
  const { app } = createApp({
    ...parts,
    runSession: () => Promise.reject(new Error('Routes are read, not used.')),
    sockets: createSockets(defaultLimits, parts.log),
    limits: defaultLimits,
    metrics: createMetrics(),
    now: Date.now,
    newId: createId,
  })
  const all = app.routes.map(({ method, path }) => ({ method, path: path.replace(/(.)\/$/, '$1') }))
  const named = new Set(all.filter(({ method }) => method !== 'ALL').map(({ path }) => path))
  const routes = all.filter(
    ({ method, path }) => method !== 'ALL' || (!path.endsWith('*') && !named.has(path)),
  )
  const first = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
  return [...first.values()]
}
