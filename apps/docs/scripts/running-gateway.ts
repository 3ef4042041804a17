import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** A gateway as a reader would start it, on any free port and with a data folder of its own. */
export interface RunningGateway extends AsyncDisposable {
  readonly port: string
}

/** Starts one; rejects when it ends before it listens. */
export async function startGateway(): Promise<RunningGateway> {
  await using stack = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-docs-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const main = resolve(import.meta.dirname, '../../gateway/src/main.ts')
  const gateway = spawn(process.execPath, [main], {
    env: { NODE_ENV: 'production', PARLEY_PORT: '0', PARLEY_DATA_DIR: dataDir, PARLEY_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(gateway, 'exit')
  stack.defer(async () => {
    gateway.kill('SIGTERM')
    await exited
  })
  for await (const line of createInterface({ input: gateway.stdout })) {
    const started = stack.move()
    const { port } = new URL(line.replace(/^gateway: /, ''))
    return { port, [Symbol.asyncDispose]: () => started.disposeAsync() }
  }
  throw new Error('The gateway has not started.')
}
