import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Code of the connection page, which a test runs as it stands. Read while the site is built. */
export function snippet(name: string): string {
  return readFileSync(join(process.cwd(), 'snippets', `${name}.ts`), 'utf8')
}
