import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A gateway of its own process, on a free port, with an empty data folder. */
export interface GatewayProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
}

/** Starts a gateway and resolves when it answers. */
export async function startGateway(settings: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const main = join(import.meta.dirname, '../../apps/gateway/src/main.ts')
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: join(import.meta.dirname, '../../node_modules/.bin'),
      PARLEY_PORT: '0',
      PARLEY_DATA_DIR: directory,
      PARLEY_LOG_LEVEL: 'error',
      ...settings,
    },
  })
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^gateway: (\S+)$/.exec(line)?.[1]
    if (!url) continue
    return {
      url,
      async [Symbol.asyncDispose]() {
        child.kill('SIGTERM')
        await exited
        await rm(directory, { recursive: true, force: true })
      },
    }
  }
  throw new Error('The gateway ended before it answered.')
}
