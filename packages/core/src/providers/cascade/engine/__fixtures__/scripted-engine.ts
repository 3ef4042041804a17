import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

import type { Engine } from '../engine-protocol.ts'

export interface ScriptedOptions {
  readonly startError?: string
}

export type ScriptedRequest =
  | { readonly do: 'double'; readonly samples: Float32Array }
  | { readonly do: 'pid' }
  | { readonly do: 'fail' }
  /** Waits until the file exists. */
  | { readonly do: 'wait'; readonly file: string }
  | { readonly do: 'hang' }
  | { readonly do: 'crash' }
  /** Counts; the first process that gets to `crashAt` leaves the file behind and dies. */
  | { readonly do: 'count'; readonly to: number; readonly crashAt?: number; readonly file?: string }

/** An engine that does as it is told, for tests of the pool. */
export async function startEngine(options: ScriptedOptions): Promise<Engine<ScriptedRequest, unknown>> {
  if (options.startError !== undefined) throw new Error(options.startError)
  return {
    run(request, signal) {
      switch (request.do) {
        case 'double':
          return Promise.resolve(request.samples.map((sample) => 2 * sample))
        case 'pid':
          return Promise.resolve(process.pid)
        case 'fail':
          return Promise.reject(new Error('as told'))
        case 'wait':
          return waitFor(request.file, signal)
        case 'hang':
          for (;;);
        case 'crash':
          return process.exit(7)
        case 'count':
          return count(request)
      }
    },
  }
}

async function waitFor(file: string, signal: AbortSignal): Promise<string> {
  while (!existsSync(file)) {
    if (signal.aborted) return 'cancelled'
    await setTimeout(5)
  }
  return 'seen'
}

async function* count({ to, crashAt, file }: Extract<ScriptedRequest, { do: 'count' }>): AsyncGenerator<number> {
  for (let number = 1; number <= to; number += 1) {
    if (number === crashAt && file !== undefined && !existsSync(file)) {
      writeFileSync(file, '')
      process.kill(process.pid, 'SIGKILL')
    }
    yield number
    await setTimeout(1)
  }
}
