import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const bin = join(import.meta.dirname, '../../bin/parley.mjs')

/** The command line as its own process, as a person starts it. */
export class CliProcess {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  stdout = ''
  stderr = ''

  constructor(
    args: readonly string[],
    {
      settings = {},
      cwd,
      input = '',
    }: { settings?: Record<string, string>; cwd?: string; input?: string } = {},
  ) {
    this.child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: { PATH: join(process.execPath, '..'), PARLEY_MODELS_DIR: join(bin, '../no-models'), ...settings },
    })
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.child.stdin?.end(input)
    this.exited = once(this.child, 'close').then(([code]) => (typeof code === 'number' ? code : null))
  }

  /** Resolves when standard error has a text; rejects when the process ends before. */
  async told(text: string): Promise<void> {
    const gone = this.exited.then((code) => {
      throw new Error(`Ended with ${code}: ${this.stderr}`)
    })
    while (!this.stderr.includes(text)) {
      if (this.child.stderr === null) throw new Error('No standard error.')
      await Promise.race([once(this.child.stderr, 'data'), gone])
    }
    gone.catch(() => undefined)
  }
}

/** Runs a command to its end. */
export async function runCli(
  args: readonly string[],
  options: ConstructorParameters<typeof CliProcess>[1] = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const running = new CliProcess(args, options)
  const code = await running.exited
  return { code, stdout: running.stdout, stderr: running.stderr }
}
