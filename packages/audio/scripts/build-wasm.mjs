// Compiles assembly/<name>/index.ts to src/wasm/<name>.generated.ts: `node scripts/build-wasm.mjs [name...]`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = new URL('../', import.meta.url)

/** Names of all modules. */
export function moduleNames() {
  const folder = new URL('assembly/', root)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

/** Where the generated file of a module is. */
export function generatedFile(name) {
  return new URL(`src/wasm/${name}.generated.ts`, root)
}

/** The text of a module's generated file. No collector is linked in: a module manages its memory itself. */
export async function generate(name) {
  let binary
  const target = ['--outFile', 'module.wasm', '--optimizeLevel', '3', '--noAssert', '--converge']
  const relaxed = name.endsWith('-relaxed') ? ['--enable', 'relaxed-simd'] : []
  const features = ['--enable', 'simd', ...relaxed, '--runtime', 'stub', '--use', 'abort=']
  const { error } = await asc.main([`${name}/index.ts`, ...target, ...features], {
    readFile(file) {
      const place = new URL(`assembly/${file}`, root)
      return existsSync(place) ? readFileSync(place, 'utf8') : null
    },
    writeFile(_, contents) {
      binary = contents
    },
    listFiles: () => [],
  })
  if (error) throw new Error(`${name}: ${error.message}`)
  const base64 = Buffer.from(binary).toString('base64').replaceAll('=', '')
  return `// Made from assembly/${name} by scripts/build-wasm.mjs.\nexport const ${constantOf(name)} =\n  '${base64}'\n`
}

function constantOf(name) {
  return `${name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase())}Module`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2)
  for (const name of names.length > 0 ? names : moduleNames()) {
    const text = await generate(name)
    writeFileSync(generatedFile(name), text)
    console.log(`${name}: about ${Math.round(text.length * 0.75)} bytes`)
  }
}
