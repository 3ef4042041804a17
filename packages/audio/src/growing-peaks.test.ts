import { describe, expect, it } from 'vitest'
import { createGrowingPeaks } from './growing-peaks.ts'

const tone = (ms: number, level: number): Int16Array =>
  new Int16Array(ms * 24).fill(Math.round(level * 32767))

describe('createGrowingPeaks', () => {
  it('has the loudest sample where the sound is and nothing elsewhere', () => {
    const peaks = createGrowingPeaks({ sampleRate: 24_000, binMs: 10 })
    peaks.add(100, tone(20, 0.5))
    expect(peaks.loudest(0, 100)).toBe(0)
    expect(peaks.loudest(100, 120)).toBeCloseTo(0.5, 2)
    expect(peaks.loudest(0, 1000)).toBeCloseTo(0.5, 2)
    expect(peaks.loudest(120, 1000)).toBe(0)
  })

  it('grows as sound comes in, chunk by chunk as at once', () => {
    const whole = createGrowingPeaks({ sampleRate: 24_000, binMs: 10 })
    whole.add(0, tone(60_000, 0.25))
    const chunked = createGrowingPeaks({ sampleRate: 24_000, binMs: 10 })
    for (let at = 0; at < 60_000; at += 20) chunked.add(at, tone(20, 0.25))
    expect(chunked.length).toBe(6000)
    expect(chunked.length).toBe(whole.length)
    expect(chunked.loudest(59_980, 60_000)).toBe(whole.loudest(59_980, 60_000))
  })

  it('forgets what was cut', () => {
    const peaks = createGrowingPeaks({ sampleRate: 24_000, binMs: 10 })
    peaks.add(0, tone(1000, 1))
    peaks.cut(400)
    expect(peaks.length).toBe(40)
    expect(peaks.loudest(400, 1000)).toBe(0)
    expect(peaks.loudest(390, 400)).toBeGreaterThan(0.9)
  })

  it('takes the full scale of either sign', () => {
    const peaks = createGrowingPeaks({ sampleRate: 24_000, binMs: 10 })
    peaks.add(0, Int16Array.of(-32768))
    expect(peaks.loudest(0, 10)).toBe(1)
  })
})
