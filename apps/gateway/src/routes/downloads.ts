import { RealtimeError } from '@parley/core'
import type { ModelState, ModelStore } from '@parley/core/providers/cascade'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { RouteEnvironment } from '../route-environment.ts'
import { errorFields } from '../telemetry.ts'
import type { Log } from '../telemetry.ts'

/** What the routes work on. */
export interface DownloadOptions {
  /** `undefined` when no backend has anything to download. */
  readonly models: ModelStore | undefined
  /** Ends the streams of progress. */
  readonly draining: AbortSignal
  readonly log: Log
}

/** A model as people see it. */
interface Download {
  readonly id: string
  readonly title: string
  readonly purpose: string
  /** BCP 47 primary tags it adds. */
  readonly languages: readonly string[]
  readonly licence: string
  /** Page that shows origin and licence. */
  readonly source: string
  readonly status: ModelState['status']
  readonly doneBytes: number
  readonly totalBytes: number
  /** Why the last try failed. */
  readonly error: string | undefined
}

/** A download somebody asked for here; it goes on while nobody watches. */
interface Held {
  readonly watchers: Set<(download: Download) => void>
  readonly settled: Promise<void>
}

/** Progress is sent no more often than this. */
const progressIntervalMs = 200

/** `/v1/downloads`: the models that can be had, fetching one, following it, and giving it up. */
export function downloadRoutes({ models, draining, log }: DownloadOptions): Hono<RouteEnvironment> {
  const held = new Map<string, Held>()

  function known(): ModelStore {
    if (models === undefined)
      throw new RealtimeError('not_found', 'There is nothing to download.', { param: 'id' })
    return models
  }

  /** Takes part in the download of a model, so that it goes on; begins it where there is none. */
  function hold(id: string): Held {
    const present = held.get(id)
    if (present !== undefined) return present
    const watchers = new Set<(download: Download) => void>()
    const onProgress = (state: ModelState): void => {
      for (const watch of watchers) watch(toDownload(state))
    }
    const settled = known()
      .download(id, { onProgress })
      .finally(() => held.delete(id))
    settled.catch((error: unknown) => log.warn({ model: id, ...errorFields(error) }, 'download failed'))
    const entry = { watchers, settled }
    held.set(id, entry)
    return entry
  }

  return new Hono<RouteEnvironment>()
    .get('/', (c) => c.json({ data: models?.list().map(toDownload) ?? [] }))
    .post('/:id', async (c) => {
      const id = c.req.param('id')
      const { status } = known().state(id)
      if (status !== 'ready') {
        const { settled } = hold(id)
        // Where it cannot begin, as offline, the answer says why.
        if (known().state(id).status !== 'downloading') await settled
      }
      return c.json(toDownload(known().state(id)), 202)
    })
    .get('/:id/events', (c) => {
      const id = c.req.param('id')
      const first = toDownload(known().state(id))
      return streamSSE(c, async (stream) => {
        const left = Promise.withResolvers<void>()
        stream.onAbort(() => left.resolve())
        const stop = (): void => left.resolve()
        draining.addEventListener('abort', stop)
        const send = (download: Download): Promise<void> =>
          stream.writeSSE({ data: JSON.stringify(download) })
        await send(first)
        if (first.status === 'downloading' && !draining.aborted) {
          const { watchers, settled } = hold(id)
          let sentAt = performance.now()
          const watch = (download: Download): void => {
            if (performance.now() - sentAt < progressIntervalMs) return
            sentAt = performance.now()
            void send(download)
          }
          watchers.add(watch)
          await Promise.race([settled.catch(() => undefined), left.promise])
          watchers.delete(watch)
          if (!draining.aborted) await send(toDownload(known().state(id)))
        }
        draining.removeEventListener('abort', stop)
      })
    })
    .delete('/:id', async (c) => {
      await known().remove(c.req.param('id'))
      return c.body(null, 204)
    })
}

function toDownload({ entry, status, doneBytes, totalBytes, error }: ModelState): Download {
  const { id, title, purpose, languages, licence, source } = entry
  return {
    id,
    title,
    purpose,
    languages,
    licence,
    source,
    status,
    doneBytes,
    totalBytes,
    error: error?.message,
  }
}
