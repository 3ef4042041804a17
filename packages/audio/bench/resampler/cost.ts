import { build } from 'esbuild'
import { bytesPerCall } from '../allocation.ts'
import { nameOf, streams } from './allocation-cases.ts'

/** Bytes on the heap that a call of `processInto` with 20 ms allocates, for streams of all kinds and each engine. */
export function allocatedAFrame(): readonly Allocated[] {
  const module = new URL('./allocation-cases.ts', import.meta.url)
  return streams.map((stream) => ({
    name: nameOf(stream),
    wasm: bytesPerCall(module, nameOf(stream, 'wasm')),
    js: bytesPerCall(module, nameOf(stream, 'js')),
  }))
}

interface Allocated {
  readonly name: string
  readonly wasm: number
  readonly js: number
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
