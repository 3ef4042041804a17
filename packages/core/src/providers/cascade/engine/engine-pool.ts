import { availableParallelism } from 'node:os'

import { RealtimeError } from '../../../errors.ts'
import { type EngineProcess, type EngineProcessOptions, startEngineProcess } from './engine-process.ts'

/** How many processes one engine gets and what they may do at once. */
export interface EnginePoolOptions extends EngineProcessOptions {
  /** Child processes, by default 2 or the number of cores if that is less. */
  readonly size?: number
  /** Requests one process holds at a time; more wait here, where they can be reordered and dropped. */
  readonly concurrency?: number
  /** Delay before the second restart in a row; it doubles up to 10 s. The first restart is immediate. */
  readonly restartDelayMs?: number
}

/** Options of one request. */
export interface EngineRequestOptions {
  readonly signal: AbortSignal
  /** Waits until no other request does. */
  readonly speculative?: boolean
}

/** Child processes with the same engine, restarted when they die. */
export interface EnginePool<Request, Part> extends AsyncDisposable {
  readonly name: string
  /** Process ids of the living children. */
  readonly pids: readonly number[]
  /** Starts every process; resolves when all are warm, rejects with `engine_failed`. */
  warm(): Promise<void>
  /** One request with one part. Rejects with `engine_failed`, or the signal's reason. */
  ask(request: Request, options: EngineRequestOptions): Promise<Part>
  /** One request with parts as they come. Throws like `ask`. */
  stream(request: Request, options: EngineRequestOptions): AsyncIterable<Part>
}

interface Job<Request, Part> {
  readonly request: Request
  readonly speculative: boolean
  readonly part: (part: Part) => void
  readonly settle: (error: RealtimeError | undefined) => void
  crashes: number
  delivered: number
  dropped: boolean
  cancel: () => void
}

interface Slot<Request, Part> {
  process: EngineProcess<Request, Part> | undefined
  warm: boolean
  /** Deaths since the last answer. */
  deaths: number
  restart: NodeJS.Timeout | undefined
}

const maxRestartDelayMs = 10_000

/** Creates a pool; processes start with `warm` or the first request. */
export function createEnginePool<Request, Part>(options: EnginePoolOptions): EnginePool<Request, Part> {
  const { size = Math.min(2, availableParallelism()), concurrency = 1, restartDelayMs = 250 } = options
  const slots = Array.from({ length: size }, (): Slot<Request, Part> => ({
    process: undefined,
    warm: false,
    deaths: 0,
    restart: undefined,
  }))
  const queue: Job<Request, Part>[] = []
  let stopping: Promise<void> | undefined
  let startError: RealtimeError | undefined

  function startSlot(slot: Slot<Request, Part>): Promise<void> {
    if (slot.process !== undefined) return slot.process.ready
    clearTimeout(slot.restart)
    const process = startEngineProcess<Request, Part>(options)
    slot.process = process
    void process.ready.then(
      () => {
        slot.warm = true
        startError = undefined
        dispatch()
      },
      (error: RealtimeError) => {
        startError = error
      },
    )
    void process.exited.then(() => died(slot))
    return process.ready
  }

  function died(slot: Slot<Request, Part>): void {
    const wasWarm = slot.warm
    slot.process = undefined
    slot.warm = false
    slot.deaths += 1
    if (stopping !== undefined) return
    const delay = slot.deaths === 1 ? 0 : Math.min(maxRestartDelayMs, restartDelayMs * 2 ** (slot.deaths - 2))
    slot.restart = setTimeout(() => void startSlot(slot).catch(() => undefined), delay)
    // An engine that fails to start twice will not serve those who wait.
    if (!wasWarm && slot.deaths > 1 && !slots.some((other) => other.process)) rejectQueue()
    dispatch()
  }

  function rejectQueue(): void {
    const error =
      startError ?? new RealtimeError('engine_failed', `The ${options.name} engine does not start.`)
    for (const job of queue.splice(0)) job.settle(error)
  }

  function leastBusy(): Slot<Request, Part> | undefined {
    let best: Slot<Request, Part> | undefined
    for (const slot of slots) {
      if (!slot.warm || slot.process?.alive !== true || slot.process.pending >= concurrency) continue
      if (best?.process === undefined || slot.process.pending < best.process.pending) best = slot
    }
    return best
  }

  function dispatch(): void {
    while (queue.length > 0) {
      const slot = leastBusy()
      if (slot === undefined) return
      const next = queue.findIndex((job) => !job.speculative)
      const [job] = queue.splice(Math.max(next, 0), 1)
      if (job !== undefined) runJob(slot, job)
    }
  }

  function runJob(slot: Slot<Request, Part>, job: Job<Request, Part>): void {
    let index = 0
    const done = (error: RealtimeError | undefined): void => {
      slot.deaths = 0
      job.settle(error)
      dispatch()
    }
    const cancel = slot.process?.run(job.request, {
      part(part) {
        index += 1
        // Invariant: the same request gives the same parts, so a retry goes on where the crash cut it off.
        if (index <= job.delivered || job.dropped) return
        job.delivered = index
        job.part(part)
      },
      ended: () => done(undefined),
      failed: done,
      crashed(error) {
        if (job.dropped) return
        job.crashes += 1
        if (job.crashes > 1 || stopping !== undefined) job.settle(error)
        else queue.unshift(job)
      },
    })
    job.cancel = () => cancel?.()
  }

  function enqueue(
    request: Request,
    { signal, speculative = false }: EngineRequestOptions,
    sink: { part: (part: Part) => void; settle: (error: unknown) => void },
  ): () => void {
    const drop = (reason: unknown): void => {
      if (job.dropped) return
      job.dropped = true
      const waiting = queue.indexOf(job)
      if (waiting >= 0) queue.splice(waiting, 1)
      job.cancel()
      sink.settle(reason)
    }
    const aborted = (): void => drop(signal.reason)
    const job: Job<Request, Part> = {
      request,
      speculative,
      part: sink.part,
      settle(error) {
        signal.removeEventListener('abort', aborted)
        if (job.dropped) return
        job.dropped = true
        sink.settle(error)
      },
      crashes: 0,
      delivered: 0,
      dropped: false,
      cancel: () => undefined,
    }
    if (signal.aborted) drop(signal.reason)
    else if (stopping !== undefined) drop(stoppedError())
    else if (startError !== undefined && slots.every((slot) => slot.deaths > 1)) drop(startError)
    else {
      signal.addEventListener('abort', aborted)
      queue.push(job)
      for (const slot of slots) {
        if (slot.process === undefined && slot.deaths === 0) void startSlot(slot).catch(() => undefined)
      }
      dispatch()
    }
    return () => drop(undefined)
  }

  const stoppedError = (): RealtimeError =>
    new RealtimeError('engine_failed', `The ${options.name} engine is being stopped.`)

  async function stop(): Promise<void> {
    for (const job of queue.splice(0)) job.settle(stoppedError())
    for (const slot of slots) clearTimeout(slot.restart)
    await Promise.all(slots.map(async (slot) => slot.process?.stop()))
  }

  return {
    name: options.name,
    get pids() {
      return slots.flatMap((slot) => slot.process?.pid ?? [])
    },
    async warm() {
      await Promise.all(slots.map(startSlot))
    },
    ask(request, requestOptions) {
      return new Promise<Part>((resolve, reject) => {
        let answer: { part: Part } | undefined
        enqueue(request, requestOptions, {
          part: (part) => (answer ??= { part }),
          settle(error) {
            if (error !== undefined) reject(error)
            else if (answer === undefined)
              reject(new RealtimeError('engine_failed', `The ${options.name} engine gave no answer.`))
            else resolve(answer.part)
          },
        })
      })
    },
    stream: (request, requestOptions) => partStream((sink) => enqueue(request, requestOptions, sink)),
    [Symbol.asyncDispose]: () => (stopping ??= stop()),
  }
}

/** Turns callbacks into an iterable; leaving the loop early drops the request. */
async function* partStream<Part>(
  start: (sink: { part: (part: Part) => void; settle: (error: unknown) => void }) => () => void,
): AsyncGenerator<Part> {
  const parts: Part[] = []
  let settled: { error: unknown } | undefined
  let wake = Promise.withResolvers<void>()
  const drop = start({
    part(part) {
      parts.push(part)
      wake.resolve()
    },
    settle(error) {
      settled = { error }
      wake.resolve()
    },
  })
  try {
    for (;;) {
      yield* parts.splice(0)
      if (parts.length > 0) continue
      if (settled !== undefined) break
      await wake.promise
      wake = Promise.withResolvers<void>()
    }
    if (settled.error !== undefined) throw settled.error
  } finally {
    drop()
  }
}
