import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createResampler } from '../resampler.ts'
import { concatFloat32, noise, randomlyCut, tone, webAssemblyRuns } from '../testing/index.ts'

const rates = [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
const odd = [NaN, Infinity, -Infinity, 3e38, -3e38, 1e-42, -0]

const anyResampler = fc.record({
  from: fc.oneof(fc.constantFrom(...rates), fc.integer({ min: 1000, max: 100_000 })),
  to: fc.constantFrom(...rates),
  profile: fc.constantFrom('full', 'lowDelay', 'high'),
  engine: webAssemblyRuns ? fc.constantFrom('wasm', 'js') : fc.constant('js'),
} as const)

type Options = Parameters<typeof createResampler>[0]

function run(options: Options, pieces: readonly Float32Array[]): Float32Array {
  using resampler = createResampler({ ...options, input: 'float32', output: 'float32' })
  return concatFloat32([...pieces.flatMap((piece) => resampler.process(piece)), ...resampler.flush()])
}

/** Noise with samples in it that no microphone gives. */
function dirty(seed: number, length: number): Float32Array {
  return noise({ seed, length }).map((sample, i) => ((i * 7 + seed) % 61 === 0 ? (odd[i % 7] ?? 0) : sample))
}

describe('a resampler between any rates', () => {
  it('gives the same for any chunking, of samples that are not finite too, and of none', () => {
    fc.assert(
      fc.property(anyResampler, fc.nat(3000), fc.nat(1000), (options, length, seed) => {
        const input = dirty(seed, length)
        const output = run(options, [input])
        expect(run(options, randomlyCut(input, seed))).toEqual(output)
        expect(run(options, [new Float32Array(0), input, new Float32Array(0)])).toEqual(output)
      }),
      { numRuns: 25 },
    )
  })

  it('drifts by less than a sample in length, however it is cut', () => {
    fc.assert(
      fc.property(anyResampler, fc.nat(5000), fc.nat(1000), (options, length, seed) => {
        const output = run(options, randomlyCut(new Float32Array(length), seed))
        expect(output.length).toBe(Math.ceil((length * options.to) / options.from))
      }),
      { numRuns: 25 },
    )
  })

  it('clicks at no border, the first and the last of the stream aside', () => {
    fc.assert(
      fc.property(anyResampler, fc.nat(1000), (options, seed) => {
        const { from, to } = options
        const frequency = Math.min(from, to) / 40
        const input = tone({ frequency, sampleRate: from, length: 3000 })
        const output = run(options, randomlyCut(input, seed))
        const steepest = (2 * Math.PI * frequency * 0.5) / to
        const edge = Math.ceil((300 * to) / Math.min(from, to))
        for (let i = edge; i < output.length - edge; i++) {
          const step = Math.abs((output[i] ?? 0) - (output[i - 1] ?? 0))
          if (!(step < steepest * 1.01)) expect.fail(`sample ${i} is ${step} from the one before it`)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('is as it was once samples that are not finite have passed its window', () => {
    fc.assert(
      fc.property(anyResampler, fc.nat(1000), fc.nat(6), (options, seed, kind) => {
        const window = Math.ceil(700 * Math.max(1, options.from / options.to))
        const clean = noise({ seed, length: 1500 + window })
        const input = clean.slice()
        input[1000] = odd[kind] ?? 0
        const output = run(options, randomlyCut(input, seed))
        const past = Math.ceil(((1000 + window) * options.to) / options.from)
        expect(output.length).toBeGreaterThan(past + 30)
        expect(output.subarray(past)).toEqual(run(options, [clean]).subarray(past))
      }),
      { numRuns: 25 },
    )
  })
})
