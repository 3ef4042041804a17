/** Writes what the code says of backends and dialects for the pages: `node scripts/generate-reference.ts`. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { referenceText } from './reference-text.ts'

writeFileSync(resolve(import.meta.dirname, '../src/generated/reference.json'), await referenceText())
