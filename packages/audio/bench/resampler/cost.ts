import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { createResampler } from '../../src/index.ts'
import { noise } from '../../src/testing/index.ts'

const frames = 100_000

/** Bytes on the heap that a call of `processInto` with 20 ms leaves behind. */
export function allocatedAFrame(from: number, to: number): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const resampler = createResampler({ from, to })
  const chunk = noise({ seed: 1, length: from / 50 })
  const output = new Float32Array(resampler.outputLength(chunk.length) + to / 20)
  for (let i = 0; i < 5000; i++) resampler.processInto(chunk, output)
  const runs = Array.from({ length: 3 }, () => {
    collect()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < frames; i++) resampler.processInto(chunk, output)
    return (process.memoryUsage().heapUsed - before) / frames
  })
  return Math.max(0, Math.min(...runs))
}

/** Bytes of `createResampler` with everything it needs, minified, its WebAssembly included. */
export async function codeBytes(): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { createResampler } from './resampler.ts'",
      resolveDir: new URL('../../src', import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    write: false,
  })
  return outputFiles[0]?.contents.length ?? NaN
}
