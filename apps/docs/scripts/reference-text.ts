import type { Reference } from '../src/reference/reference.ts'
import { referenceBackends } from './reference-backends.ts'
import { referenceDialects } from './reference-dialects.ts'

/** The generated file as text. */
export async function referenceText(): Promise<string> {
  const backends = await referenceBackends()
  const reference: Reference = { backends, ...referenceDialects(backends) }
  return `${JSON.stringify(reference, undefined, 1)}\n`
}
