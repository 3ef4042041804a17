import type { ContextStore } from '@parley/core/storage'
import { Hono } from 'hono'
import type { RouteEnvironment } from '../route-environment.ts'

/** Says why a part cannot serve yet, `undefined` when it can. */
export type ReadinessCheck = () => Promise<string | undefined>

/** What `/readyz` asks. */
export interface HealthOptions {
  readonly store: ContextStore
  /** Further parts by name. */
  readonly checks: ReadonlyMap<string, ReadinessCheck>
  readonly draining: AbortSignal
  /** A part that has not answered by then is not ready. */
  readonly timeoutMs: number
}

/** `/healthz` says that the process is up, `/readyz` whether it can take a session, with what is missing. */
export function healthRoutes({ store, checks, draining, timeoutMs }: HealthOptions): Hono<RouteEnvironment> {
  const parts = new Map<string, ReadinessCheck>([
    ['store', () => store.list({ limit: 1 }).then(() => undefined)],
    ['gateway', async () => (draining.aborted ? 'is shutting down' : undefined)],
    ...checks,
  ])

  async function ask(
    name: string,
    check: ReadinessCheck,
  ): Promise<{ name: string; reason: string } | undefined> {
    const late = Promise.withResolvers<string>()
    const timer = setTimeout(() => late.resolve('did not answer in time'), timeoutMs)
    try {
      const reason = await Promise.race([check(), late.promise])
      return reason === undefined ? undefined : { name, reason }
    } catch {
      return { name, reason: 'does not work' }
    } finally {
      clearTimeout(timer)
    }
  }

  return new Hono<RouteEnvironment>()
    .get('/healthz', (c) => c.json({ status: 'ok' as const }))
    .get('/readyz', async (c) => {
      const answers = await Promise.all([...parts].map(([name, check]) => ask(name, check)))
      const missing = answers.filter((answer) => answer !== undefined)
      return missing.length === 0
        ? c.json({ status: 'ready' as const, missing }, 200)
        : c.json({ status: 'not_ready' as const, missing }, 503)
    })
}
