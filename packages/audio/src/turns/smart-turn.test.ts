import { describe, expect, it } from 'vitest'
import { tone } from '../testing/signals.ts'
import { logMelSpectrogram, melBands } from './log-mel.ts'
import { createSmartTurnScorer, smartTurnFeatures } from './smart-turn.ts'

const frames = 800

describe('the features of Smart Turn v3', () => {
  // 3 s: a sweep, and a tone after the first second. Computed apart with NumPy's FFT by the published recipe.
  const seconds = 3 * 16_000
  const samples = Float32Array.from({ length: seconds }, (_, n) => {
    const t = n / 16_000
    const sweep = 0.3 * Math.sin(2 * Math.PI * (200 + 40 * t) * t)
    return sweep + (n > 16_000 ? 0.1 * Math.sin(2 * Math.PI * 1234 * t) : 0)
  })

  it('are those of an independent computation', () => {
    const features = smartTurnFeatures(samples)
    const reference: readonly (readonly [band: number, frame: number, value: number])[] = [
      [0, 0, -0.2379231947601368],
      [0, 799, 0.8227350496724367],
      [5, 500, 1.5919895758766656],
      [5, 799, 0.8551185972102043],
      [20, 650, -0.2379231947601368],
      [40, 700, -0.2379231947601368],
      [79, 799, -0.1260425539527239],
      [10, 510, 0.3833312565260365],
      [31, 620, 1.4877830477563547],
    ]
    expect(features.length).toBe(melBands * frames)
    for (const [band, frame, value] of reference)
      expect(features[band * frames + frame]).toBeCloseTo(value, 4)
    const sum = features.reduce((total, value) => total + value, 0)
    const squares = features.reduce((total, value) => total + value * value, 0)
    expect(sum / -7975.056541112025).toBeCloseTo(1, 5)
    expect(squares / 9249.952450959021).toBeCloseTo(1, 5)
  })

  it('hear the last 8 s of a longer turn', () => {
    const long = new Float32Array(10 * 16_000)
    long.set(samples, long.length - samples.length)
    const short = long.subarray(2 * 16_000)
    long.fill(0.5, 0, 16_000)
    expect(smartTurnFeatures(long)).toEqual(smartTurnFeatures(short))
  })

  it('stay finite for silence', () => {
    expect(smartTurnFeatures(new Float32Array(100)).every(Number.isFinite)).toBe(true)
  })
})

describe('a log-mel spectrogram', () => {
  it('is that of a plain Fourier sum, frame by frame', () => {
    const samples = tone({ frequency: 700, sampleRate: 16_000, length: 960, amplitude: 0.4 })
    const mel = logMelSpectrogram(samples)
    const count = samples.length / 160
    const at = (index: number): number =>
      samples[index < 0 ? -index : index >= samples.length ? 2 * samples.length - 2 - index : index] ?? NaN
    for (const frame of [0, 3, count - 1]) {
      const powers = Array.from({ length: 201 }, (_, bin) => {
        let re = 0
        let im = 0
        for (let n = 0; n < 400; n += 1) {
          const value = at(frame * 160 - 200 + n) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 400))
          re += value * Math.cos((2 * Math.PI * bin * n) / 400)
          im -= value * Math.sin((2 * Math.PI * bin * n) / 400)
        }
        return re * re + im * im
      })
      // Band 20 is centred near 780 Hz: below 1 kHz Slaney's bands are triangles of equal width.
      const energy = powers.reduce((sum, power, bin) => {
        const away = Math.abs(bin * 40 - melCentre(20)) / melStep
        return sum + power * Math.max(0, 1 - away) * (1 / melStep)
      }, 0)
      const value = (Math.log10(energy) + 4) / 4
      expect(mel[20 * count + frame]).toBeCloseTo(value, 4)
    }
  })

  it('refuses sound too short to mirror', () => {
    expect(() => logMelSpectrogram(new Float32Array(200))).toThrow(RangeError)
  })
})

/** 82 edges from 0 to 8 kHz on Slaney's scale, linear below 1 kHz. */
const melStep = ((15 + (Math.log(8) * 27) / Math.log(6.4)) / 81) * (200 / 3)
function melCentre(band: number): number {
  return melStep * (band + 1)
}

describe('the scorer over Smart Turn v3', () => {
  const tensor = (data: Float32Array, dims: readonly number[]) => ({ data, dims })

  it('gives the model 80 by 800 features and its probability back', async () => {
    const asked: unknown[] = []
    const session = {
      inputNames: ['input_features'],
      outputNames: ['logits'],
      run: (feeds: Readonly<Record<string, { readonly data: unknown }>>) => {
        asked.push(feeds)
        return Promise.resolve({ logits: { data: Float32Array.of(0.75) } })
      },
    }
    const scorer = createSmartTurnScorer({ session, tensor })
    expect(await scorer.score({ samples: new Float32Array(16_000) })).toBe(0.75)
    expect(asked).toEqual([{ input_features: { data: expect.any(Float32Array), dims: [1, 80, 800] } }])
  })

  it('refuses a model that gives no probability', async () => {
    const session = {
      inputNames: ['x'],
      outputNames: ['y'],
      run: () => Promise.resolve({ y: { data: Float32Array.of(3) } }),
    }
    await expect(
      createSmartTurnScorer({ session, tensor }).score({ samples: new Float32Array(0) }),
    ).rejects.toThrow('no probability')
  })
})
