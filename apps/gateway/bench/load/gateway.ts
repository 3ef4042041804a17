import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'

/** A gateway of its own process, as it is deployed, with what it takes of the machine. */
export interface LoadGateway extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** Seconds of CPU and bytes of memory of the gateway's process alone. */
  usage(): Promise<{ readonly cpuSeconds: number; readonly memoryBytes: number }>
}

/** Starts a gateway before the backend at `upstreamUrl`, and resolves when it is ready. */
export async function startLoadGateway(settings: Readonly<Record<string, string>>): Promise<LoadGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'parley-sessions-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PARLEY_PORT: '0', PARLEY_DATA_DIR: directory, PARLEY_LOG_LEVEL: 'error', ...settings },
  })
  const exited = once(child, 'exit')
  const url = await addressIn(child.stdout)
  while (!(await fetch(`${url}/readyz`)).ok) await wait(100)

  async function metric(name: string, text: string): Promise<number> {
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  }
  return {
    url,
    async usage() {
      const text = await (await fetch(`${url}/metrics`)).text()
      return {
        cpuSeconds: await metric('process_cpu_seconds_total', text),
        memoryBytes: await metric('process_resident_memory_bytes', text),
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function addressIn(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const url = /^gateway: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The gateway ended before it answered.')
}
