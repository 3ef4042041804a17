import { describe, expect, it } from 'vitest'
import { noise } from '../testing/signals.ts'
import { createDefaultScorer, prosodyLogit } from './default-scorer.ts'
import { measureProsody } from './prosody.ts'

const rate = 16_000

/** A buzz of 1.6 s, with a breath every 200 ms, whose pitch goes to `finalHertz` in its last 300 ms. */
function voice(finalHertz: number, lastSyllableMs = 150): Float32Array {
  const length = Math.round((1.4 + lastSyllableMs / 1000) * rate)
  let phase = 0
  return Float32Array.from({ length }, (_, n) => {
    const left = (length - n) / rate
    const bend = Math.min(1, Math.max(0, (0.3 - left) / 0.3))
    phase += (140 + (finalHertz - 140) * bend) / rate
    const t = n / rate
    const open = t > 1.4 || t % 0.2 < 0.14
    return open
      ? [1, 2, 3, 4, 5].reduce((sum, k) => sum + (0.1 / k) * Math.sin(2 * Math.PI * k * phase), 0)
      : 0
  })
}
const withSilence = (samples: Float32Array): Float32Array => {
  const longer = new Float32Array(samples.length + 0.3 * rate)
  longer.set(samples)
  return longer
}

describe('prosody', () => {
  it('hears a falling and a rising end', () => {
    expect(measureProsody(withSilence(voice(95))).pitchSlope).toBeLessThan(-8)
    expect(measureProsody(withSilence(voice(210))).pitchSlope).toBeGreaterThan(8)
    expect(Math.abs(measureProsody(withSilence(voice(140))).pitchSlope ?? NaN)).toBeLessThan(2)
  })

  it('hears how low the voice ends', () => {
    expect(measureProsody(voice(95)).finalPitch).toBeLessThan(-3)
    expect(measureProsody(voice(210)).finalPitch).toBeGreaterThan(3)
  })

  it('hears a syllable that is drawn out', () => {
    const short = measureProsody(voice(140, 100)).lengthening ?? NaN
    expect(measureProsody(voice(140, 350)).lengthening).toBeGreaterThan(short * 1.5)
  })

  it('says nothing of noise and silence', () => {
    expect(measureProsody(new Float32Array(rate))).toMatchObject({
      pitchSlope: undefined,
      finalPitch: undefined,
    })
    expect(measureProsody(noise({ seed: 1, length: rate })).pitchSlope).toBeUndefined()
    expect(measureProsody(new Float32Array(10)).energyFall).toBeUndefined()
  })
})

describe('the scorer without a model', () => {
  const score = async (finalHertz: number, text?: string): Promise<number> =>
    createDefaultScorer().score({ samples: voice(finalHertz), text })

  it('takes a falling end for more finished than a rising one', async () => {
    expect(await score(95)).toBeGreaterThan(await score(180))
  })

  it('believes words more than the voice', async () => {
    expect(await score(95, 'i would like to')).toBeLessThan(0.3)
    expect(await score(180, 'yes please')).toBeGreaterThan(0.7)
  })

  it('counts nothing that could not be measured', () => {
    const unknown = {
      pitchSlope: undefined,
      finalPitch: undefined,
      energyFall: undefined,
      lengthening: undefined,
    }
    expect(prosodyLogit(unknown)).toBe(0)
  })
})
