import { build } from 'esbuild'
import { bytesPerCall } from '../allocation.ts'
import { cases } from './allocation-cases.ts'

/** Bytes on the heap that a call of `processInto` with 20 ms allocates, for each stream and engine. */
export function allocatedAFrame(): readonly { readonly name: string; readonly bytes: number }[] {
  const module = new URL('./allocation-cases.ts', import.meta.url)
  return Object.keys(cases).map((name) => ({ name, bytes: bytesPerCall(module, name) }))
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
