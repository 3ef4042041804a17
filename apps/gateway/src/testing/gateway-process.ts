import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../main.ts')

/** The gateway as its own process; disposing it kills it. */
export class GatewayProcess implements AsyncDisposable {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  stdout = ''
  stderr = ''

  constructor(settings: Record<string, string>) {
    this.child = spawn(process.execPath, [main], { env: { PARLEY_PORT: '0', ...settings } })
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.exited = once(this.child, 'close').then(([code]) => code as number | null)
  }

  /** The address it prints when it answers. */
  async url(): Promise<string> {
    const line = await this.#written('stdout', (text) => text.includes('\n'))
    const url = /^gateway: (https?:\/\/\S+)$/m.exec(line)?.[1]
    if (url === undefined) throw new Error(`No address, but ${line}: ${this.stderr}`)
    return url
  }

  /** Resolves when a line of the log has been written that holds `text`. */
  async logged(text: string): Promise<void> {
    await this.#written('stderr', (log) => log.includes(text))
  }

  /** A stream once it is as wanted, already or not yet; rejects when the process ends before. */
  async #written(stream: 'stdout' | 'stderr', isWanted: (text: string) => boolean): Promise<string> {
    const gone = this.exited.then((code) => {
      throw new Error(`The gateway ended with ${code}: ${this.stderr}`)
    })
    while (!isWanted(this[stream])) await Promise.race([once(this.child[stream]!, 'data'), gone])
    gone.catch(() => undefined)
    return this[stream]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL')
    await this.exited
  }
}

/** A new folder for the data of a gateway. */
export function dataDir(): string {
  return mkdtempSync(join(tmpdir(), 'parley-main-'))
}
