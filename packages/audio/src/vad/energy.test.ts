import { describe, expect, it } from 'vitest'
import { noise, tone } from '../testing/index.ts'
import { createEnergyVad } from './energy.ts'

const frame = 320
const frames = (count: number, amplitude: number, seed = 1): Float32Array[] =>
  Array.from({ length: count }, (_, i) => noise({ seed: seed * 1000 + i, length: frame, amplitude }))
const speech = (count: number): Float32Array[] =>
  Array.from({ length: count }, (_, i) =>
    tone({ frequency: 180, sampleRate: 16_000, length: frame, amplitude: i % 8 === 7 ? 0.002 : 0.2 }),
  )
const share = (probabilities: readonly number[]): number =>
  probabilities.filter((probability) => probability >= 0.5).length / probabilities.length

describe('energy vad', () => {
  it('hears speech over a quiet room and the silence after it', () => {
    const vad = createEnergyVad()
    const run = (input: readonly Float32Array[]): number => share(input.map((chunk) => vad.process(chunk)))
    expect(run(frames(100, 0.001))).toBe(0)
    expect(run(speech(100))).toBeGreaterThan(0.8)
    expect(run(frames(100, 0.001, 2))).toBe(0)
  })

  it('hears speech at the very start of a stream', () => {
    const vad = createEnergyVad()
    expect(vad.process(speech(1)[0] ?? new Float32Array(frame))).toBeGreaterThan(0.9)
  })

  it('gets used to a steady noise within 2.5 s', () => {
    const vad = createEnergyVad()
    const probabilities = frames(250, 0.1).map((chunk) => vad.process(chunk))
    expect(share(probabilities.slice(0, 50))).toBe(1)
    expect(share(probabilities.slice(125))).toBe(0)
  })

  it('takes a faint hiss after digital silence for silence', () => {
    const vad = createEnergyVad()
    for (let i = 0; i < 200; i++) expect(vad.process(new Float32Array(frame))).toBe(0)
    expect(share(frames(20, 0.0005).map((chunk) => vad.process(chunk)))).toBe(0)
  })

  it('forgets the noise on reset', () => {
    const vad = createEnergyVad()
    for (const chunk of frames(250, 0.1)) vad.process(chunk)
    vad.reset()
    const fresh = createEnergyVad()
    for (const chunk of frames(20, 0.05, 3)) expect(vad.process(chunk)).toBe(fresh.process(chunk))
  })

  it('stays in [0, 1] on samples that are no numbers', () => {
    const vad = createEnergyVad({ sampleRate: 8000, frameSamples: 2 })
    for (const value of [NaN, Infinity, -Infinity, 3e38, 0]) {
      const probability = vad.process(Float32Array.of(value, value))
      expect(probability).toBeGreaterThanOrEqual(0)
      expect(probability).toBeLessThanOrEqual(1)
    }
  })

  it('hears as before a second after samples gone wild', () => {
    const loud = tone({ frequency: 200, sampleRate: 16_000, length: frame, amplitude: 0.3 })
    for (const value of [NaN, Infinity, 3e38, 1e19, 1000]) {
      const vad = createEnergyVad()
      for (const chunk of frames(100, 0.001)) vad.process(chunk)
      vad.process(new Float32Array(frame).fill(value))
      for (const chunk of frames(50, 0.001)) vad.process(chunk)
      expect(vad.process(loud)).toBeGreaterThan(0.9)
    }
  })

  it('refuses a frame of another length', () => {
    expect(() => createEnergyVad().process(new Float32Array(319))).toThrow(RangeError)
    expect(() => createEnergyVad({ frameSamples: 0 })).toThrow(RangeError)
    expect(() => createEnergyVad({ thresholdDb: NaN })).toThrow(RangeError)
    expect(() => createEnergyVad({ minFloorDbfs: -Infinity })).toThrow(RangeError)
  })
})
