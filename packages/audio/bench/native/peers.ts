import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The native libraries that are measured: libspeexdsp at quality 7, libsoxr at HQ. */
export type NativeLibrary = 'speexdsp' | 'soxr'

/** A program with the native libraries that waits for work. */
export interface NativePeers extends Disposable {
  /** Microseconds a chunk of 20 ms, over so many chunks. */
  measure(library: NativeLibrary, from: number, to: number, chunks: number): Promise<number>
}

const source = fileURLToPath(new URL('peers.c', import.meta.url))

/** Compiles and starts the program. Throws with what to install when there is no compiler or no library. */
export function startNativePeers(): NativePeers {
  const folder = mkdtempSync(join(tmpdir(), 'native-peers-'))
  const program = join(folder, 'peers')
  try {
    execFileSync('cc', ['-O2', source, '-o', program, '-lspeexdsp', '-lsoxr'], { stdio: 'pipe' })
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw new Error(
      'The native peers do not compile. They need: apt-get install gcc libc6-dev libspeexdsp-dev libsoxr-dev',
      { cause: error },
    )
  }
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async measure(library, from, to, chunks) {
      child.stdin.write(`${library} ${from} ${to} ${chunks}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`${library} from ${from} to ${to} Hz ended the native program`)
      return Number(value)
    },
    [Symbol.dispose]() {
      child.stdin.end()
      rmSync(folder, { recursive: true })
    },
  }
}
