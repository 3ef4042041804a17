import { describe, expect, inject, it } from 'vitest'
import { concatFloat32, noise, voice, webAssemblyRuns } from '../../testing/index.ts'
import { loadSilero, type SileroModel } from './silero.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the weights where the tests run in a page. */
    sileroUrl?: string
  }
}

const url = inject('sileroUrl')
const rate = 16_000
const sound = concatFloat32([
  noise({ seed: 1, length: rate, amplitude: 0.01 }),
  voice({ seed: 2, sampleRate: rate, length: 2 * rate }),
  noise({ seed: 3, length: rate, amplitude: 0.01 }),
])

function probabilities(model: SileroModel): readonly number[] {
  const stream = model.open()
  return Array.from({ length: Math.floor(sound.length / 512) }, (_, i) =>
    stream.process(sound.subarray(512 * i, 512 * (i + 1))),
  )
}

describe.skipIf(url === undefined)('silero in a browser', () => {
  it('gives the same probabilities with and without WebAssembly', async () => {
    const bytes = new Uint8Array(await (await fetch(url ?? '')).arrayBuffer())
    const model = loadSilero(bytes)
    expect(model.engine).toBe(webAssemblyRuns ? 'wasm' : 'js')
    const plain = probabilities(loadSilero(bytes, { engine: 'js' }))
    expect(Math.min(...plain)).toBeLessThan(0.1)
    expect(Math.max(...plain)).toBeGreaterThan(0.5)
    const own = probabilities(model)
    own.forEach((probability, i) => expect(probability).toBeCloseTo(plain[i] ?? NaN, 5))
  })
})
