import { describe, expect, it } from 'vitest'
import { createLevelMeter, peakDbfs, rmsDbfs, silenceDbfs } from './level.ts'
import { tone } from './testing/index.ts'

const fullScale = tone({ frequency: 1000, sampleRate: 16_000, length: 1600, amplitude: 1 })
const settled = (meter: ReturnType<typeof createLevelMeter>, chunk: Float32Array, times: number): number =>
  Array.from({ length: times }, () => meter.process(chunk)).at(-1) ?? NaN

describe('level', () => {
  it('is -3.01 dBFS for a full-scale sine and 0 for its peak', () => {
    expect(rmsDbfs(fullScale)).toBeCloseTo(-3.01, 2)
    expect(peakDbfs(fullScale)).toBeCloseTo(0, 6)
    expect(peakDbfs(Float32Array.of(0.1, -0.5))).toBeCloseTo(-6.02, 2)
  })

  it.each([
    ['nothing', new Float32Array()],
    ['zeros', new Float32Array(4)],
    ['what is not finite', Float32Array.of(NaN, Infinity, -Infinity)],
    ['less than the floor', Float32Array.of(1e-9)],
  ])('is the floor for %s', (_, samples) => {
    expect(rmsDbfs(samples)).toBe(silenceDbfs)
    expect(peakDbfs(samples)).toBe(silenceDbfs)
  })

  it('rises faster than it falls and reaches the level', () => {
    const meter = createLevelMeter({ sampleRate: 16_000 })
    const loud = fullScale.subarray(0, 160)
    const quiet = new Float32Array(160)
    expect(settled(meter, loud, 1)).toBeCloseTo(-3.01 + 10 * Math.log10(1 - Math.exp(-1)), 1)
    expect(settled(meter, loud, 20)).toBeCloseTo(-3.01, 2)
    expect(settled(meter, quiet, 15)).toBeCloseTo(-3.01 + 10 * Math.log10(Math.exp(-1)), 1)
    meter.reset()
    expect(meter.process(quiet)).toBe(silenceDbfs)
  })

  it('needs a rate', () => {
    for (const sampleRate of [0, NaN]) expect(() => createLevelMeter({ sampleRate })).toThrow('sampleRate')
  })

  it('depends on the time that passed, not on the chunks', () => {
    const whole = createLevelMeter({ sampleRate: 16_000, attackMs: 0 })
    const parts = createLevelMeter({ sampleRate: 16_000, attackMs: 0 })
    whole.process(fullScale)
    parts.process(fullScale)
    expect(settled(parts, new Float32Array(160), 10)).toBeCloseTo(whole.process(new Float32Array(1600)), 6)
  })
})
