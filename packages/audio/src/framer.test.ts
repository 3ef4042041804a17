import { describe, expect, it } from 'vitest'
import { createFramer } from './framer.ts'
import { describeLaws, noise, processorLaws } from './testing/index.ts'

describeLaws('framer', processorLaws(noise({ seed: 1, length: 3333 })), () => createFramer(480))

describe('createFramer', () => {
  it('gives whole frames and fills the last with zeros', () => {
    const framer = createFramer(2)
    expect(framer.process(Float32Array.of(1, 2, 3, 4, 5))).toEqual([
      Float32Array.of(1, 2),
      Float32Array.of(3, 4),
    ])
    expect(framer.flush()).toEqual([Float32Array.of(5, 0)])
  })

  it('leaves nothing of what it forgot in a frame that is filled up', () => {
    const framer = createFramer(3)
    framer.process(Float32Array.of(1, 2))
    framer.reset()
    framer.process(Float32Array.of(3))
    expect(framer.flush()).toEqual([Float32Array.of(3, 0, 0)])
  })

  it.each([0, -1, 1.5, NaN])('refuses frames of %d samples', (frameSamples) => {
    expect(() => createFramer(frameSamples)).toThrow(RangeError)
  })
})
