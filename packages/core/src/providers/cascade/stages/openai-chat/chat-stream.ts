import { connectionError, type ConnectionFailure } from './chat-errors.ts'
import { createSseParser } from './sse.ts'

/** Bounds every wait for the server in time, and ends the request with its caller's signal. */
export interface ChatWatch {
  /** For `fetch`: aborts with the caller's reason, or with the error of a wait that took too long. */
  readonly signal: AbortSignal
  /** Runs one wait; rejects with `failure` when it takes longer, and with `unreachable` or `broken` when it fails. */
  within<Result>(timeoutMs: number, failure: ConnectionFailure, wait: () => Promise<Result>): Promise<Result>
  /** Closes the connection, if it is still open. */
  close(): void
}

/** Creates the watch of one request. */
export function createChatWatch(caller: AbortSignal): ChatWatch {
  const controller = new AbortController()
  const signal = AbortSignal.any([caller, controller.signal])
  return {
    signal,
    async within(timeoutMs, failure, wait) {
      const timer = setTimeout(() => controller.abort(connectionError(failure)), timeoutMs)
      try {
        return await wait()
      } catch (error) {
        signal.throwIfAborted()
        throw connectionError(failure === 'no_answer' ? 'unreachable' : 'broken', error)
      } finally {
        clearTimeout(timer)
      }
    },
    close: () => controller.abort(),
  }
}

/** The `data` of each event as it comes, or the whole body when the server answered with plain JSON. */
export async function* readEvents(
  response: Response,
  watch: ChatWatch,
  silenceMs: () => number,
): AsyncGenerator<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  const whole = response.headers.get('content-type')?.includes('application/json') === true
  const parser = createSseParser()
  const chunks: Uint8Array[] = []
  for (;;) {
    const { done, value } = await watch.within(silenceMs(), 'stalled', () => reader.read())
    if (done) break
    if (whole) chunks.push(value)
    else yield* parser.push(value)
  }
  if (whole) yield Buffer.concat(chunks).toString('utf8')
  else yield* parser.flush()
}
