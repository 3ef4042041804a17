import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

// An AudioWorklet module is loaded by address and cannot import from the page's bundle: one file each.
const audio = fileURLToPath(new URL('../node_modules/@parley/audio/src/worklet/', import.meta.url))

await build({
  entryPoints: ['capture-processor', 'playback-processor'].map((name) => `${audio}${name}.ts`),
  outdir: fileURLToPath(new URL('../public/worklets/', import.meta.url)),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
})
