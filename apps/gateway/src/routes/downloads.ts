import { RealtimeError } from '@parley/core'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { RouteEnvironment } from '../environment.ts'

/** TEMPORARY until ModelStore lands. */
export interface Downloads {
  list(): readonly unknown[]
}

/** What the routes work on. */
export interface DownloadOptions {
  /** `undefined` when no backend has anything to download. */
  readonly downloads: Downloads | undefined
  readonly draining: AbortSignal
}

/** `/v1/downloads`: the models that can be had, and fetching them. */
export function downloadRoutes({ downloads }: DownloadOptions) {
  return new Hono<RouteEnvironment>().get('/', (c) => c.json({ data: downloads?.list() ?? [] }))
}
void RealtimeError
void streamSSE
