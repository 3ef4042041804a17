import { describe, expect, inject, it } from 'vitest'
import { createResampler } from '../index.ts'
import { createRnnoise } from '../noise-suppression/index.ts'
import { createLibopusEncoder } from '../opus/index.ts'
import { webAssemblyRuns } from '../testing/web-assembly.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The page of the tests may not compile WebAssembly; `undefined` in Node. */
    forbidsWebAssembly?: boolean
  }
}

describe('the place where the tests run', () => {
  it('allows WebAssembly unless its policy forbids it', () => {
    expect(webAssemblyRuns).toBe(inject('forbidsWebAssembly') !== true)
  })

  it.runIf(!webAssemblyRuns)('does without it, unless it is asked for by name', () => {
    expect(
      createResampler({ from: 24_000, to: 16_000 }).process(new Float32Array(480)).length,
    ).toBeGreaterThan(0)
    expect(() => createResampler({ from: 24_000, to: 16_000, engine: 'wasm' })).toThrow(RangeError)
  })

  it.runIf(!webAssemblyRuns)('is told by the libraries that are nothing else', async () => {
    await expect(createRnnoise({ sampleRate: 16_000 })).rejects.toThrow()
    await expect(createLibopusEncoder()).rejects.toThrow()
  })
})
