import { spawn } from 'node:child_process'

/** A program with its arguments; no shell is between. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  /** Written to standard input as UTF-8. */
  readonly input: string
  readonly signal: AbortSignal
}

/** Runs a program and gives what it printed. */
export type RunCommand = (command: Command) => Promise<Uint8Array>

const timeoutMs = 30_000

/** Runs a program to its end. Rejects when it is absent, fails, takes over 30 s or the signal fires. */
export const runCommand: RunCommand = async ({ file, args, input, signal }) => {
  signal.throwIfAborted()
  const child = spawn(file, args, {
    stdio: 'pipe',
    timeout: timeoutMs,
    windowsHide: true,
    killSignal: 'SIGKILL',
  })
  const abort = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', abort)
  const printed: Buffer[] = []
  let complaint = ''
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-500)))
  // A program that ends before it read its input is judged by its exit code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    signal.throwIfAborted()
    if (code !== 0) throw new Error(`${file} ended with code ${code}: ${complaint}`)
    return Buffer.concat(printed)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
