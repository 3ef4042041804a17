import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import type { ReferenceClause } from '../src/reference/reference.ts'

const folder = join(import.meta.dirname, '../../cli/src/conformance')

const Clause = z.object({
  id: z.string(),
  level: z.string(),
  title: z.string(),
  source: z.object({ title: z.string(), url: z.url() }),
  dialects: z.array(z.string()).optional(),
  needs: z.array(z.string()).default([]),
})

/** The clauses of the conformance checks, loaded by their address as the command line is. */
export async function referenceClauses(): Promise<readonly ReferenceClause[]> {
  const [{ clauses }, { dialects }] = await Promise.all([
    load('clauses/index.ts').then((loaded) => z.object({ clauses: z.array(Clause) }).parse(loaded)),
    load('wire.ts').then((loaded) => z.object({ dialects: z.array(z.string()) }).parse(loaded)),
  ])
  return clauses.map((clause) => ({ ...clause, dialects: clause.dialects ?? dialects }))
}

async function load(file: string): Promise<unknown> {
  const loaded: unknown = await import(pathToFileURL(join(folder, file)).href)
  return { ...Object(loaded) }
}
