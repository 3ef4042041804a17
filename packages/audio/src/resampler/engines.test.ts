import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createResampler, type ResamplerOptions } from '../resampler.ts'
import { noise, seededRandom } from '../testing/index.ts'
import { resamplerInstance } from '../wasm/resampler.ts'
import type { SampleFormat, Samples } from './sample-format.ts'

const rates = [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
const formats: readonly SampleFormat[] = ['float32', 'int16', 'pcmu', 'pcma']
const odd = [Infinity, -Infinity, NaN, -0, 1e-42, 3e38, -3e38, 1e30]

/** Samples of every kind that a format has. */
function samples(format: SampleFormat, seed: number, length: number): Samples {
  const random = seededRandom(seed)
  if (format === 'int16') return Int16Array.from({ length }, () => random() * 65_536 - 32_768)
  if (format !== 'float32') return Uint8Array.from({ length }, () => random() * 256)
  const chunk = noise({ seed, length, amplitude: 2 })
  if (seed % 4 === 0 && length > 0) chunk[Math.floor(random() * length)] = odd[seed % odd.length] ?? 0
  return chunk
}

interface Step {
  readonly length: number
  readonly ratio: number
}

/** Bits of all outputs of chunks, some of them after a nudge. */
function bits(options: ResamplerOptions, steps: readonly Step[]): number[] {
  const { input = 'float32', output = 'float32' } = options
  const resampler = createResampler<SampleFormat, SampleFormat>({ ...options, input, output })
  const all = steps.flatMap(({ length, ratio }, index) => {
    if (ratio !== 0) resampler.nudge(ratio)
    return [...resampler.process(samples(input, index + length, length))]
  })
  return [...all, ...resampler.flush()].flatMap((chunk) => {
    // One NaN is as good as another.
    const values = Float32Array.from(chunk, (value) => (Number.isNaN(value) ? NaN : value))
    return [...new Uint32Array(values.buffer)]
  })
}

const step = fc.record({
  length: fc.nat(1500),
  ratio: fc.constantFrom(0, 0, 0, 0, 1, 0.995, 1.005, 1.0001),
})

describe.skipIf(!resamplerInstance())('WebAssembly and JavaScript', () => {
  it('give the same bits for every pair of rates', () => {
    for (const from of rates) {
      for (const to of rates) {
        const steps = [480, 0, 1, 1277].map((length) => ({ length, ratio: 0 }))
        expect(bits({ from, to, engine: 'js' }, steps)).toEqual(bits({ from, to, engine: 'wasm' }, steps))
      }
    }
  })

  it('give the same bits for any rates, formats, profiles, chunks and nudges', () => {
    const rate = fc.oneof(fc.constantFrom(...rates), fc.integer({ min: 1000, max: 100_000 }))
    fc.assert(
      fc.property(
        fc.record({
          from: rate,
          to: rate,
          input: fc.constantFrom(...formats),
          output: fc.constantFrom(...formats),
          profile: fc.constantFrom('full', 'lowDelay', 'high'),
        }),
        fc.array(step, { maxLength: 6 }),
        (options, steps) => {
          expect(bits({ ...options, engine: 'js' }, steps)).toEqual(
            bits({ ...options, engine: 'wasm' }, steps),
          )
        },
      ),
      { numRuns: 20 },
    )
  })

  it('share one memory, which does not grow with the streams', () => {
    const memory = resamplerInstance()?.memory
    const work = (): void => {
      for (const from of rates) {
        const resampler = createResampler({ from, to: 24_000, engine: 'wasm' })
        resampler.process(noise({ seed: from, length: 3000 }))
      }
    }
    work()
    const before = memory?.buffer.byteLength
    for (let i = 0; i < 50; i++) work()
    expect(memory?.buffer.byteLength).toBe(before)
  })

  it('bound the memory of the tables, whatever rates are asked for', () => {
    for (let from = 30_001; from < 30_200; from += 4) {
      createResampler({ from, to: 24_000, profile: 'lowDelay', engine: 'wasm' }).process(new Float32Array(40))
    }
    expect(resamplerInstance()?.memory.buffer.byteLength).toBeLessThan(24e6)
  })
})
