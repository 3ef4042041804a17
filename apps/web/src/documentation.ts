import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** A file as a browser takes it. */
export interface DocumentationFile {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  // The search index.
  '.pagefind': 'application/wasm',
  '.pf_meta': 'application/octet-stream',
  '.pf_index': 'application/octet-stream',
  '.pf_fragment': 'application/octet-stream',
}

/** The playground is started in its own folder; the export is made in the folder beside it. */
const exported = join(/* turbopackIgnore: true */ process.cwd(), '..', 'docs', 'out')

/**
 * The file behind an address below `/docs`, a folder's `index.html` where the address names no file. `undefined`
 * where there is none, or where a part of the address would leave the folder.
 */
export async function documentationFile(
  path: readonly string[],
  folder = exported,
): Promise<DocumentationFile | undefined> {
  const parts = path.map((part) => decodeURIComponent(part))
  if (!parts.every((part) => /^[\w@~()[\]-][\w.@~()[\]!$-]*$/.test(part))) return undefined
  const name = extname(parts.at(-1) ?? '') === '' ? join(...parts, 'index.html') : join(...parts)
  const type = types[extname(name)]
  if (type === undefined) return undefined
  try {
    return { type, bytes: new Uint8Array(await readFile(join(/* turbopackIgnore: true */ folder, name))) }
  } catch {
    return undefined
  }
}
