import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'

const Started = z.object({ port: z.number() })
const Ages = z.array(z.number())

/** The speaking backend of the benchmark, in a thread of its own. */
export interface LoadUpstream extends AsyncDisposable {
  /** `ws://127.0.0.1:<port>` */
  readonly url: string
  /** How old each frame was that came in since this was asked last (ms). */
  ages(): Promise<readonly number[]>
}

/** Starts it; it speaks in frames of `frameMs`. */
export async function startLoadUpstream(frameMs: number): Promise<LoadUpstream> {
  const worker = new Worker(new URL('upstream-thread.ts', import.meta.url), { workerData: { frameMs } })
  const [started] = await once(worker, 'message')
  return {
    url: `ws://127.0.0.1:${Started.parse(started).port}`,
    async ages() {
      const answer = once(worker, 'message')
      worker.postMessage('ages')
      return Ages.parse((await answer)[0])
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}
