import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it, onTestFinished } from 'vitest'

import type { ScriptedOptions, ScriptedRequest } from './__fixtures__/scripted-engine.ts'
import { createEnginePool, type EnginePool, type EnginePoolOptions } from './engine-pool.ts'

const forever = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'parley-pool-'))
let files = 0
const newFile = (): string => join(folder, `mark-${(files += 1)}`)

afterAll(() => rmSync(folder, { recursive: true }))

function pool(
  options: ScriptedOptions = {},
  poolOptions: Partial<EnginePoolOptions> = {},
): EnginePool<ScriptedRequest, unknown> {
  const created = createEnginePool<ScriptedRequest, unknown>({
    name: 'scripted',
    module: new URL('./__fixtures__/scripted-engine.ts', import.meta.url),
    options,
    size: 1,
    restartDelayMs: 10,
    ...poolOptions,
  })
  onTestFinished(async () => created[Symbol.asyncDispose]())
  return created
}

async function collect(parts: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const part of parts) all.push(part)
  return all
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a pool of engine processes', () => {
  it('carries typed arrays to the engine and back', async () => {
    const answer = await pool().ask(
      { do: 'double', samples: Float32Array.of(0.25, -0.5) },
      { signal: forever },
    )
    expect(answer).toEqual(Float32Array.of(0.5, -1))
  })

  it('gives parts in order', async () => {
    expect(await collect(pool().stream({ do: 'count', to: 5 }, { signal: forever }))).toEqual([1, 2, 3, 4, 5])
  })

  it('goes on without a gap or a repeat when the engine dies between two parts', async () => {
    const request = { do: 'count', to: 6, crashAt: 4, file: newFile() } as const
    expect(await collect(pool().stream(request, { signal: forever }))).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('asks again on a new process when the old one is killed in mid-request', async () => {
    const engines = pool()
    await engines.warm()
    const [pid = 0] = engines.pids
    const file = newFile()
    const answer = engines.ask({ do: 'wait', file }, { signal: forever })
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => engines.pids).not.toContain(pid)
    writeFileSync(file, '')
    expect(await answer).toBe('seen')
  })

  it('gives up a request that killed two processes and serves the next', async () => {
    const engines = pool()
    await expect(engines.ask({ do: 'crash' }, { signal: forever })).rejects.toMatchObject({
      code: 'engine_failed',
    })
    expect(await engines.ask({ do: 'pid' }, { signal: forever })).toEqual(expect.any(Number))
  })

  it('reports what the engine says and keeps the process', async () => {
    const engines = pool()
    const before = await engines.ask({ do: 'pid' }, { signal: forever })
    await expect(engines.ask({ do: 'fail' }, { signal: forever })).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringContaining('as told'),
    })
    expect(await engines.ask({ do: 'pid' }, { signal: forever })).toBe(before)
  })

  it('kills an engine that hangs', async () => {
    const engines = pool({}, { requestTimeoutMs: 100 })
    await expect(engines.ask({ do: 'hang' }, { signal: forever })).rejects.toMatchObject({
      code: 'engine_failed',
      message: expect.stringContaining('took too long'),
    })
  })

  it('says why an engine does not start, to those who wait and to those who come later', async () => {
    const engines = pool({ startError: 'no such model' })
    const failure = { code: 'engine_failed', message: expect.stringContaining('no such model') }
    await expect(engines.warm()).rejects.toMatchObject(failure)
    await expect(engines.ask({ do: 'pid' }, { signal: forever })).rejects.toMatchObject(failure)
    await expect(engines.ask({ do: 'pid' }, { signal: forever })).rejects.toMatchObject(failure)
  })

  it('takes final requests before speculative ones', async () => {
    const engines = pool()
    const file = newFile()
    const order: string[] = []
    const note = (name: string) => () => void order.push(name)
    const all = [
      engines.ask({ do: 'wait', file }, { signal: forever }).then(note('running')),
      engines.ask({ do: 'pid' }, { signal: forever, speculative: true }).then(note('speculative')),
      engines.ask({ do: 'pid' }, { signal: forever }).then(note('final')),
    ]
    writeFileSync(file, '')
    await Promise.all(all)
    expect(order).toEqual(['running', 'final', 'speculative'])
  })

  it('uses every process before one gets a second request', async () => {
    const engines = pool({}, { size: 2, concurrency: 2 })
    await engines.warm()
    const pids = await Promise.all([1, 2].map(() => engines.ask({ do: 'pid' }, { signal: forever })))
    expect(new Set(pids).size).toBe(2)
  })

  it('drops a waiting request when its signal fires', async () => {
    const engines = pool()
    const file = newFile()
    const controller = new AbortController()
    const running = engines.ask({ do: 'wait', file }, { signal: forever })
    const waiting = engines.ask({ do: 'crash' }, { signal: controller.signal })
    controller.abort(new Error('no longer wanted'))
    await expect(waiting).rejects.toThrow('no longer wanted')
    writeFileSync(file, '')
    expect(await running).toBe('seen')
    // The engine lives: it never saw the request to crash.
    const [pid = 0] = engines.pids
    expect(await engines.ask({ do: 'pid' }, { signal: forever })).toBe(pid)
  })

  it('tells the engine when nobody waits for a running request', async () => {
    const engines = pool()
    const controller = new AbortController()
    await engines.warm()
    const answer = engines.ask({ do: 'wait', file: newFile() }, { signal: controller.signal })
    controller.abort(new Error('stop'))
    await expect(answer).rejects.toThrow('stop')
    // Answers only if the wait before it has ended.
    expect(await engines.ask({ do: 'pid' }, { signal: forever })).toEqual(expect.any(Number))
  })

  it('frees the engine when a reader leaves a stream early', async () => {
    const engines = pool()
    for await (const part of engines.stream({ do: 'count', to: 1_000_000 }, { signal: forever })) {
      if (part === 3) break
    }
    expect(await engines.ask({ do: 'pid' }, { signal: forever })).toEqual(expect.any(Number))
  })

  it('lets running requests end when it stops, refuses others and leaves no process', async () => {
    const engines = pool()
    const file = newFile()
    await engines.warm()
    const pids = engines.pids
    const running = engines.ask({ do: 'wait', file }, { signal: forever })
    const waiting = engines.ask({ do: 'pid' }, { signal: forever })
    const stopped = engines[Symbol.asyncDispose]()
    await expect(waiting).rejects.toMatchObject({ code: 'engine_failed' })
    await expect(engines.ask({ do: 'pid' }, { signal: forever })).rejects.toMatchObject({
      code: 'engine_failed',
    })
    writeFileSync(file, '')
    expect(await running).toBe('seen')
    await stopped
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('ends an engine by force when it does not stop in time', async () => {
    const engines = pool({}, { stopGraceMs: 50 })
    await engines.warm()
    const hanging = engines.ask({ do: 'hang' }, { signal: forever })
    const refused = expect(hanging).rejects.toMatchObject({ code: 'engine_failed' })
    await engines[Symbol.asyncDispose]()
    await refused
    expect(engines.pids).toEqual([])
  })

  it('leaves no process behind when its own is killed', async () => {
    const parent = spawn(process.execPath, [new URL('./__fixtures__/parent.ts', import.meta.url).pathname], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const line = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (chunk) => resolve(String(chunk))),
    )
    const pids: number[] = JSON.parse(line)
    expect(pids.map(isAlive)).toEqual([true, true])
    parent.kill('SIGKILL')
    await expect.poll(() => pids.filter(isAlive), { timeout: 5_000 }).toEqual([])
  })
})
