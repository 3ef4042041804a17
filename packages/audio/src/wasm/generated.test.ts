import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generate, generatedFile, moduleNames } from '../../scripts/build-wasm.mjs'

describe('the compiled modules', () => {
  it('are those of the sources', async () => {
    for (const name of moduleNames()) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await generate(name), `run scripts/build-wasm.mjs ${name}`).toBe(
        readFileSync(generatedFile(name), 'utf8'),
      )
    }
  })
})
