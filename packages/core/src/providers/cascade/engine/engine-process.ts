import { fork } from 'node:child_process'

import { RealtimeError } from '../../../errors.ts'
import type { EngineCommand, EngineEvent } from './engine-protocol.ts'

/** Where an engine lives and how long it may take. */
export interface EngineProcessOptions {
  /** Plain name for error messages. */
  readonly name: string
  /** The engine module, see `engineModule`. */
  readonly module: URL
  /** Passed to `startEngine`; must survive a structured clone. */
  readonly options: unknown
  readonly startTimeoutMs?: number
  /** A request over this time counts as a hung engine, which is killed. */
  readonly requestTimeoutMs?: number
  /** Time to finish running requests after a stop. */
  readonly stopGraceMs?: number
}

/** Receives the answer to one request; `ended`, `failed` or `crashed` comes once and last. */
export interface AnswerSink<Part> {
  part(part: Part): void
  ended(): void
  /** The engine refused the request and goes on. */
  failed(error: RealtimeError): void
  /** The process died before it answered. */
  crashed(error: RealtimeError): void
}

/** One child process with one engine, from fork to exit. It is not restarted; the pool does that. */
export interface EngineProcess<Request, Part> {
  readonly pid: number | undefined
  /** False from the moment it died, before its requests are told. */
  readonly alive: boolean
  readonly pending: number
  /** Settles when the engine is warm; rejects with `engine_failed`. */
  readonly ready: Promise<void>
  readonly exited: Promise<void>
  /** Returns a function that tells the engine nobody waits any more. */
  run(request: Request, sink: AnswerSink<Part>): () => void
  /** Lets running requests end, then ends the process, by force after the grace time. */
  stop(): Promise<void>
}

/** Address of a file beside the caller, whether it runs from sources or from the built output. */
export function engineModule(name: string, importMetaUrl: string): URL {
  return new URL(`./${name}${importMetaUrl.endsWith('.ts') ? '.ts' : '.js'}`, importMetaUrl)
}

/** Forks a child process, starts the engine in it and answers through sinks. */
export function startEngineProcess<Request, Part>(
  options: EngineProcessOptions,
): EngineProcess<Request, Part> {
  const { startTimeoutMs = 60_000, requestTimeoutMs = 60_000, stopGraceMs = 3_000 } = options
  const child = fork(engineModule('engine-main', import.meta.url), [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const answers = new Map<number, { sink: AnswerSink<Part>; timer: NodeJS.Timeout }>()
  const ready = Promise.withResolvers<void>()
  const exited = Promise.withResolvers<void>()
  // A caller may look at `ready` only later; a rejection must not end the process until then.
  ready.promise.catch(() => undefined)
  let alive = true
  let nextId = 1
  let lastWords = ''
  let killedBecause: string | undefined

  const send = (command: EngineCommand<Request>): void => {
    // A send to a child that just died reports here; its exit handler settles what is pending.
    if (child.connected) child.send(command, () => undefined)
  }
  const kill = (reason: string): void => {
    killedBecause ??= reason
    child.kill('SIGKILL')
  }
  const take = (id: number): AnswerSink<Part> | undefined => {
    const answer = answers.get(id)
    clearTimeout(answer?.timer)
    answers.delete(id)
    return answer?.sink
  }
  const startTimer = setTimeout(() => kill('it did not start in time'), startTimeoutMs)
  const died = (detail: string): void => {
    clearTimeout(startTimer)
    const error = new RealtimeError(
      'engine_failed',
      `The ${options.name} engine stopped: ${killedBecause ?? detail}.`,
      {
        cause: lastWords === '' ? undefined : new Error(lastWords),
      },
    )
    ready.reject(error)
    alive = false
    const lost = [...answers.values()]
    answers.clear()
    for (const { sink, timer } of lost) {
      clearTimeout(timer)
      sink.crashed(error)
    }
    exited.resolve()
  }

  child.stderr?.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-2_000)))
  child.on('error', (error) => died(error.message))
  child.on('exit', (code, signal) => died(signal === null ? `exit code ${code}` : `signal ${signal}`))
  child.on('message', (message) => {
    // The child entry of this folder is the only writer.
    const event = message as EngineEvent<Part>
    switch (event.type) {
      case 'ready':
        clearTimeout(startTimer)
        ready.resolve()
        break
      case 'start_failed':
        kill(event.reason)
        break
      case 'part':
        answers.get(event.id)?.sink.part(event.part)
        break
      case 'end': {
        const sink = take(event.id)
        for (const part of event.parts) sink?.part(part)
        sink?.ended()
        break
      }
      case 'failed':
        take(event.id)?.failed(
          new RealtimeError('engine_failed', `The ${options.name} engine failed: ${event.reason}`),
        )
    }
  })
  send({ type: 'start', module: options.module.href, options: options.options })

  return {
    get pid() {
      return child.pid
    },
    get alive() {
      return alive
    },
    get pending() {
      return answers.size
    },
    ready: ready.promise,
    exited: exited.promise,
    run(request, sink) {
      const id = nextId++
      const timer = setTimeout(() => kill('a request took too long'), requestTimeoutMs)
      answers.set(id, { sink, timer })
      send({ type: 'run', id, request })
      return () => send({ type: 'cancel', id })
    },
    async stop() {
      const timer = setTimeout(() => kill('it did not stop in time'), stopGraceMs)
      send({ type: 'stop' })
      await exited.promise
      clearTimeout(timer)
    },
  }
}
