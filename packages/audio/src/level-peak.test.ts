import { describe, expect, it } from 'vitest'
import { createPeakMeter } from './level-peak.ts'
import { silenceDbfs } from './level.ts'

const sampleRate = 8000
const silence = new Float32Array(800)
const click = Float32Array.from({ length: 800 }, (_, i) => (i === 400 ? 0.5 : 0))

describe('peak meter', () => {
  it('shows a single sample at once, holds it and falls evenly', () => {
    const meter = createPeakMeter({ sampleRate, holdMs: 300, fallDbPerSecond: 10 })
    expect(meter.process(click)).toBeCloseTo(-6.02, 2)
    const shown = Array.from({ length: 5 }, () => meter.process(silence))
    expect(shown.map((level) => Math.round(level * 100) / 100)).toEqual([-6.02, -6.02, -6.02, -7.02, -8.02])
  })

  it('rises again at a louder one and falls no further than the floor', () => {
    const meter = createPeakMeter({ sampleRate, holdMs: 0, fallDbPerSecond: 1000 })
    meter.process(click)
    expect(meter.process(silence)).toBeCloseTo(-106.02, 2)
    expect(meter.process(silence)).toBe(silenceDbfs)
    expect(meter.process(click)).toBeCloseTo(-6.02, 2)
  })

  it('shows no less than what is there', () => {
    const meter = createPeakMeter({ sampleRate, holdMs: 0, fallDbPerSecond: 1000 })
    meter.process(new Float32Array(800).fill(1))
    expect(meter.process(new Float32Array(800).fill(0.5))).toBeCloseTo(-6.02, 2)
  })

  it('needs a rate', () => {
    for (const rate of [0, NaN]) expect(() => createPeakMeter({ sampleRate: rate })).toThrow('sampleRate')
  })

  it('remembers that full scale was reached, until it is reset', () => {
    const meter = createPeakMeter({ sampleRate })
    meter.process(click)
    expect(meter.clipped).toBe(false)
    meter.process(Float32Array.of(-1))
    meter.process(silence)
    expect(meter.clipped).toBe(true)
    meter.reset()
    expect(meter.clipped).toBe(false)
    expect(meter.process(silence)).toBe(silenceDbfs)
  })
})
