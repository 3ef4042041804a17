/** What is done to the exported site after Next has built it: old addresses, pictures and the search index. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { close, createIndex } from 'pagefind'
import { movedPage, movedPages } from '../src/site/moved.ts'

const out = resolve(import.meta.dirname, '../out')

for (const [from, to] of Object.entries(movedPages)) {
  await mkdir(join(out, from), { recursive: true })
  await writeFile(join(out, from, 'index.html'), movedPage(to, '/docs'))
}

await cp(resolve(import.meta.dirname, '../../web/screenshots'), join(out, 'screenshots'), { recursive: true })

const { index, errors } = await createIndex({ includeCharacters: '_' })
if (!index) throw new Error(errors.join('\n'))
const found = await index.addDirectory({ path: out })
const written = await index.getFiles()
await close()
const faults = [...found.errors, ...written.errors]
if (faults.length > 0) throw new Error(faults.join('\n'))
await rm(join(out, 'pagefind'), { recursive: true, force: true })
for (const { path, content } of written.files) {
  // The site has a dialog of its own.
  if (/(-ui|-highlight)\.(js|css)$/.test(path)) continue
  const file = join(out, 'pagefind', path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}
console.log(`Search index of ${found.page_count} pages.`)
