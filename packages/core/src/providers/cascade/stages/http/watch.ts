import type { ConnectionFailure, ServerErrors } from './server-errors.ts'
import { createSseParser } from './sse.ts'

/** Bounds every wait for a server in time, and ends the request with its caller's signal. */
export interface RequestWatch {
  /** For `fetch`: aborts with the caller's reason, or with the error of a wait that took too long. */
  readonly signal: AbortSignal
  /** Runs one wait; rejects with `failure` when it takes longer, and with `unreachable` or `broken` when it fails. */
  within<Result>(timeoutMs: number, failure: ConnectionFailure, wait: () => Promise<Result>): Promise<Result>
  /** Closes the connection, if it is still open. */
  close(): void
}

/** Creates the watch of one request. */
export function createRequestWatch(
  caller: AbortSignal,
  errors: Pick<ServerErrors, 'connection'>,
): RequestWatch {
  const controller = new AbortController()
  const signal = AbortSignal.any([caller, controller.signal])
  return {
    signal,
    async within(timeoutMs, failure, wait) {
      const timer = setTimeout(() => controller.abort(errors.connection(failure)), timeoutMs)
      try {
        return await wait()
      } catch (error) {
        signal.throwIfAborted()
        throw errors.connection(failure === 'no_answer' ? 'unreachable' : 'broken', error)
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => controller.abort(),
  }
}

/** The body of an answer as it comes; no wait between two pieces is longer than `silenceMs()`. */
export async function* readBody(
  response: Response,
  watch: RequestWatch,
  silenceMs: () => number,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  for (;;) {
    const { done, value } = await watch.within(silenceMs(), 'stalled', () => reader.read())
    if (done) return
    yield value
  }
}

/** The `data` of each event as it comes, or the whole body when the server answered with plain JSON. */
export async function* readEvents(
  response: Response,
  watch: RequestWatch,
  silenceMs: () => number,
): AsyncGenerator<string> {
  if (response.body === null) return
  const whole = response.headers.get('content-type')?.includes('application/json') === true
  const parser = createSseParser()
  const chunks: Uint8Array[] = []
  for await (const bytes of readBody(response, watch, silenceMs)) {
    if (whole) chunks.push(bytes)
    else yield* parser.push(bytes)
  }
  if (whole) yield Buffer.concat(chunks).toString('utf8')
  else yield* parser.flush()
}
