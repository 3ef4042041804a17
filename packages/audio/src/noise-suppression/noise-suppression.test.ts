import { describe, expect, it } from 'vitest'
import { describeLaws } from '../testing/laws.ts'
import { processorLaws } from '../testing/processor-laws.ts'
import { concatFloat32, noise, randomlyCut } from '../testing/signals.ts'
import { createRnnoise, createSplitPath } from './index.ts'

/** Something like a sung vowel with a slow melody, loud and soft by turns. */
function voice(sampleRate: number, seconds: number): Float32Array {
  let phase = 0
  return Float32Array.from({ length: sampleRate * seconds }, (_, i) => {
    const time = i / sampleRate
    phase += (140 + 25 * Math.sin(5 * time)) / sampleRate
    let sample = 0
    for (let harmonic = 1; harmonic <= 12; harmonic++) {
      const formant = Math.exp(-(((harmonic * 140 - 600) / 500) ** 2))
      sample += (0.05 + formant) * Math.sin(2 * Math.PI * harmonic * phase)
    }
    return 0.1 * sample * Math.max(0, Math.sin(7 * time)) ** 0.5
  })
}

/** Noise that falls by 6 dB an octave, like that of a fan. */
function fan(sampleRate: number, seconds: number): Float32Array {
  let level = 0
  return noise({ seed: 1, length: sampleRate * seconds, amplitude: 0.02 }).map((sample) => {
    level += ((sample - level) * 2 * Math.PI * 500) / sampleRate
    return 2 * level
  })
}

function powerDb(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 1e-12) / samples.length)
}

const suppressors = {
  48000: await createRnnoise({ sampleRate: 48_000 }),
  16000: await createRnnoise({ sampleRate: 16_000 }),
  8000: await createRnnoise({ sampleRate: 8000 }),
}

describe('RNNoise', () => {
  for (const suppressor of Object.values(suppressors)) {
    const { sampleRate } = suppressor

    it(`takes noise away at ${sampleRate} Hz`, () => {
      suppressor.reset()
      const hiss = fan(sampleRate, 2)
      const output = concatFloat32([...suppressor.process(hiss), ...suppressor.flush()])
      expect(output.length).toBe(hiss.length)
      expect(powerDb(output.subarray(sampleRate))).toBeLessThan(powerDb(hiss) - 15)
    })

    it(`keeps a voice in its place at ${sampleRate} Hz`, () => {
      suppressor.reset()
      const spoken = voice(sampleRate, 2)
      const output = concatFloat32([...suppressor.process(spoken), ...suppressor.flush()])
      const similarity = (shift: number): number => {
        let sum = 0
        for (let i = sampleRate / 2; i < spoken.length - 1000; i++) {
          sum += (spoken[i] ?? 0) * (output[i + shift] ?? 0)
        }
        return sum
      }
      const shifts = Array.from({ length: 41 }, (_, i) => i - 20)
      const best = shifts.reduce((most, shift) => (similarity(shift) > similarity(most) ? shift : most), 0)
      expect(Math.abs(best)).toBeLessThanOrEqual(1)
      expect(powerDb(output)).toBeGreaterThan(powerDb(spoken) - 3)
    })
  }

  it('takes samples that are not finite for silence', () => {
    const suppressor = suppressors[16000]
    suppressor.reset()
    const bad = new Float32Array(4800).map((_, i) => [NaN, Infinity, -Infinity][i % 3] ?? 0)
    const output = concatFloat32([...suppressor.process(bad), ...suppressor.process(voice(16_000, 1))])
    expect(output.every(Number.isFinite)).toBe(true)
  })

  it('gives its memory back once, and is of no use afterwards', async () => {
    const suppressor = await createRnnoise({ sampleRate: 16_000 })
    suppressor[Symbol.dispose]()
    suppressor[Symbol.dispose]()
    for (const call of [
      () => suppressor.process(new Float32Array(160)),
      () => suppressor.flush(),
      () => suppressor.reset(),
    ]) {
      expect(call).toThrow(ReferenceError)
    }
  })

  it('refuses a rate that is none', async () => {
    await expect(createRnnoise({ sampleRate: NaN })).rejects.toThrow(/sample rate.*NaN/)
  })

  describeLaws('as a processor', processorLaws(voice(16_000, 1).subarray(0, 7001)), () => {
    suppressors[16000].reset()
    return suppressors[16000]
  })
})

describe('a split path', () => {
  it('gives the raw stream unchanged, and both of one length', () => {
    suppressors[8000].reset()
    const split = createSplitPath(suppressors[8000])
    const spoken = voice(8000, 1)
    const parts = [...randomlyCut(spoken, 4).flatMap((piece) => [...split.process(piece)]), ...split.flush()]
    expect(parts.every(({ raw, suppressed }) => raw.length === suppressed.length)).toBe(true)
    expect(concatFloat32(parts.map(({ raw }) => raw))).toEqual(spoken)
  })

  it.each([1, 0.5, 0])('takes %f of the noise away', (strength) => {
    suppressors[16000].reset()
    const split = createSplitPath(suppressors[16000])
    split.strength = strength
    const hiss = fan(16_000, 2)
    const parts = [...split.process(hiss), ...split.flush()]
    const left = concatFloat32(parts.map(({ suppressed }) => suppressed)).subarray(16_000)
    // What RNNoise leaves is small beside what is left on purpose.
    const ratio = 10 ** ((powerDb(left) - powerDb(hiss.subarray(16_000))) / 20)
    expect(Math.abs(ratio - (1 - strength))).toBeLessThan(0.2)
    expect(split.strength).toBe(strength)
  })

  it('refuses a strength that is none', () => {
    const split = createSplitPath(suppressors[16000])
    for (const strength of [-0.1, 1.1, NaN])
      expect(() => (split.strength = strength)).toThrow(/strength.*between 0 and 1/)
  })
})
