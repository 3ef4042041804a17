import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

/** A program that serves; disposing it ends it. */
export interface RunningProgram extends AsyncDisposable {
  readonly address: string
}

/** Starts a program, and takes the address from the first line that fits; rejects when it ends before that. */
export async function startProgram(
  path: string,
  { line, env = {} }: { readonly line: RegExp; readonly env?: Readonly<Record<string, string>> },
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [path], {
    env: { NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  for await (const text of createInterface({ input: child.stdout })) {
    const [, address] = line.exec(text) ?? []
    if (address === undefined) continue
    return {
      address,
      async [Symbol.asyncDispose]() {
        child.kill('SIGTERM')
        await exited
      },
    }
  }
  throw new Error(`${path} ended without an address.`)
}

/** A gateway as a reader would start it, on any free port and with a data folder of its own. */
export async function startGateway(): Promise<RunningProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-docs-'))
  const gateway = await startProgram(resolve(import.meta.dirname, '../../gateway/src/main.ts'), {
    line: /^gateway: (\S+)$/,
    env: { PARLEY_PORT: '0', PARLEY_DATA_DIR: dataDir, PARLEY_LOG_LEVEL: 'error' },
  })
  return {
    address: gateway.address,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
