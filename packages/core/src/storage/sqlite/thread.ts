import { Worker } from 'node:worker_threads'
import { RealtimeError } from '../../errors.ts'
import { storeClosed } from '../store-errors.ts'
import { fromFailure } from './failures.ts'
import type { AnyResult, Engine, Request, Requests } from '../sql/requests.ts'
import type { FromThread, Reply, ToThread } from './protocol.ts'

/** Which file, and how many requests may wait before further ones are refused. */
export interface DatabaseThreadOptions {
  readonly path: string
  readonly maxQueued: number
}

interface Pending {
  readonly request: Request
  readonly resolve: (value: AnyResult) => void
  readonly reject: (error: RealtimeError) => void
}

/**
 * Starts the thread that holds the database. One group of requests is with it at a time, the rest wait for the next.
 * Rejects with `store_unavailable` when the database cannot be opened.
 */
export async function openDatabaseThread({ path, maxQueued }: DatabaseThreadOptions): Promise<Engine> {
  // Without the flags of the process: `--input-type`, which comes with `--eval`, would be refused.
  const worker = new Worker(workerUrl(), { workerData: path, execArgv: [] })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let waiting: Pending[] = []
  let running: readonly Pending[] = []
  let refused: RealtimeError | undefined
  let closing = false
  const opened = Promise.withResolvers<void>()

  worker.on('message', (word: FromThread) => {
    switch (word.type) {
      case 'open':
        opened.resolve()
        return
      case 'failed':
        fail(fromFailure(word.error))
        return
      case 'replies':
        settle(word.replies)
    }
  })
  worker.on('error', (error) => fail(unavailable(path, 'failed', error)))
  worker.on('exit', () => fail(unavailable(path, 'stopped')))

  /** Refuses everything from now on; the first reason stands. */
  function fail(error: RealtimeError): void {
    refused ??= error
    opened.reject(error)
    for (const { reject } of [...running, ...waiting]) reject(error)
    running = []
    waiting = []
  }

  function settle(replies: readonly Reply[]): void {
    const settled = running
    running = []
    settled.forEach(({ resolve, reject }, index) => {
      const reply = replies[index]
      if (reply?.ok) resolve(reply.value)
      else reject(reply === undefined ? unavailable(path, 'did not answer') : fromFailure(reply.error))
    })
    sendNext()
  }

  function sendNext(): void {
    if (running.length > 0) return
    if (waiting.length > 0) {
      running = waiting
      waiting = []
      post(running.map(({ request }) => request))
    } else if (closing) post('close')
  }

  function post(word: ToThread): void {
    worker.postMessage(word)
  }

  await opened.promise.catch(async (error: unknown) => {
    await ended
    throw error
  })
  return {
    async call(name, request) {
      if (refused !== undefined) throw refused
      if (waiting.length >= maxQueued) throw unavailable(path, `has ${maxQueued} requests waiting`)
      const { promise, resolve, reject } = Promise.withResolvers<AnyResult>()
      // Checked by the signature: name and request belong together, as do the request and its result.
      waiting.push({ request: { name, ...request } as Request, resolve, reject })
      sendNext()
      return promise as Promise<Requests[typeof name]['result']>
    },
    async close() {
      if (refused === undefined) {
        refused = storeClosed()
        closing = true
        sendNext()
      }
      await ended
    },
  }
}

function unavailable(path: string, what: string, cause?: unknown): RealtimeError {
  return new RealtimeError('store_unavailable', `The conversation store at ${path} ${what}.`, { cause })
}

/** Node runs the source as it is; the built file has the other ending, which no compiler changes in a URL. */
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)
}
