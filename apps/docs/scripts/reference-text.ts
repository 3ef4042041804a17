import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { errorTable } from '@parley/core'
import type { Reference } from '../src/reference/reference.ts'
import { referenceGateway } from './reference-backends.ts'
import { referenceClauses } from './reference-clauses.ts'
import { referenceCompare } from './reference-compare.ts'
import { referenceCommands } from './parley-program.ts'
import { referenceDialects } from './reference-dialects.ts'
import { referenceOwnEvents } from './reference-own-events.ts'

/** Folder of the code of the connection page, which a test runs as it stands. */
export const snippetFolder = join(import.meta.dirname, 'snippets')

/** Names of the files in it, without the copies a test makes. */
export const snippetFiles: readonly string[] = readdirSync(snippetFolder)
  .filter((name) => name.endsWith('.ts') && !name.startsWith('run-'))
  .toSorted()

/** The generated file as text. */
export async function referenceText(): Promise<string> {
  const gateway = await referenceGateway()
  const snippets = Object.fromEntries(
    snippetFiles.map((name) => [
      name.slice(0, -'.ts'.length),
      readFileSync(join(snippetFolder, name), 'utf8'),
    ]),
  )
  const reference: Reference = {
    ...gateway,
    ...referenceDialects(gateway.backends),
    ...referenceOwnEvents(),
    ...referenceCompare(),
    clauses: await referenceClauses(),
    commands: await referenceCommands(),
    errors: Object.entries(errorTable).map(([code, row]) => ({ code, ...row })),
    snippets,
  }
  return `${JSON.stringify(reference, undefined, 1)}\n`
}
