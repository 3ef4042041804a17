import { expect, it } from 'vitest'
import { createResampler } from '../resampler.ts'
import { allocationOf } from '../testing/memory.ts'
import { noise } from '../testing/index.ts'

for (const engine of ['wasm', 'js'] as const) {
  for (const { to, ratio } of [{ to: 48_000 }, { to: 44_100, ratio: 1.0003 }]) {
    it(`allocates nothing from 44.1 to ${to / 1000} kHz${ratio ? ', nudged' : ''}, ${engine}`, () => {
      const resampler = createResampler({ from: 44_100, to, engine })
      if (ratio) resampler.nudge(ratio)
      const chunk = noise({ seed: 1, length: 882 })
      const output = new Float32Array(2000)
      const samples = resampler.outputLength(chunk.length)
      const bytes = allocationOf(() => void resampler.processInto(chunk, output))
      // The asking takes some; a double each would take 12 bytes at least.
      expect(bytes / samples).toBeLessThan(4)
    })
  }
}
