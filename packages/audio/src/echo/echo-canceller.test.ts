import { describe, expect, it } from 'vitest'
import { concatFloat32, noise, randomlyCut, seededRandom } from '../testing/signals.ts'
import { webAssemblyRuns } from '../testing/web-assembly.ts'
import { createEchoCanceller, type EchoCanceller, type EchoCancellerOptions } from './echo-canceller.ts'

const rates = [8000, 16_000, 24_000, 48_000]

/** Noise in bursts, as loud as speech. */
function far(sampleRate: number, seconds: number, seed: number): Float32Array {
  const burst = sampleRate / 4
  return noise({ seed, length: sampleRate * seconds, amplitude: 0.3 }).map((sample, i) =>
    Math.floor(i / burst) % 3 === 2 ? 0 : sample,
  )
}

/** What a microphone hears of it: `delayMs` later, through a response that decays within 40 ms. */
function echoOf(played: Float32Array, sampleRate: number, delayMs: number): Float32Array {
  const random = seededRandom(5)
  const delay = (delayMs * sampleRate) / 1000
  const taps = Array.from({ length: 12 }, (_, tap) => {
    const gain = 0.5 * (random() - 0.5) * 0.8 ** tap
    return { at: delay + Math.round((tap * 0.04 * sampleRate) / 12), gain }
  })
  return played.map((_, i) => taps.reduce((sum, { at, gain }) => sum + gain * (played[i - at] ?? 0), 0))
}

function run(canceller: EchoCanceller, played: Float32Array, heard: Float32Array): Float32Array {
  const n = canceller.frameSamples
  const parts: Float32Array[] = []
  for (let at = 0; at < heard.length; at += n) {
    canceller.reference(played.subarray(at, at + n))
    parts.push(canceller.process(heard.subarray(at, at + n)))
  }
  return concatFloat32([...parts, canceller.flush()])
}

function reductionDb(before: Float32Array, after: Float32Array, from: number): number {
  const energy = (samples: Float32Array): number =>
    samples.subarray(from).reduce((sum, sample) => sum + sample * sample, 1e-12)
  return 10 * Math.log10(energy(before) / energy(after))
}

describe('an echo canceller', () => {
  for (const sampleRate of rates) {
    it(`removes an echo at ${sampleRate} Hz and finds its delay`, () => {
      const played = far(sampleRate, 3, 1)
      const heard = echoOf(played, sampleRate, 140)
      using canceller = createEchoCanceller({ sampleRate, suppression: 'linear' })
      let delayMs: number | undefined
      const n = canceller.frameSamples
      const parts: Float32Array[] = []
      for (let at = 0; at < heard.length; at += n) {
        canceller.reference(played.subarray(at, at + n))
        parts.push(canceller.process(heard.subarray(at, at + n)))
        delayMs = canceller.echoDelayMs ?? delayMs
      }
      expect(reductionDb(heard, concatFloat32(parts), 2 * sampleRate)).toBeGreaterThan(25)
      expect(Math.abs((delayMs ?? 0) - 140)).toBeLessThanOrEqual(10)
    })
  }

  it('removes more with suppression', () => {
    const played = far(16_000, 3, 2)
    const heard = echoOf(played, 16_000, 60)
    using canceller = createEchoCanceller({ sampleRate: 16_000 })
    expect(reductionDb(heard, run(canceller, played, heard), 32_000)).toBeGreaterThan(40)
  })

  it('lets pass what is said while nothing is played, later by its delay alone', () => {
    const voice = far(16_000, 2, 3)
    using canceller = createEchoCanceller({ sampleRate: 16_000 })
    const passed = run(canceller, new Float32Array(voice.length), voice)
    const apart = passed.map((sample, i) => sample - (voice[i] ?? 0))
    expect(reductionDb(voice, apart, 1600)).toBeGreaterThan(20)
  })

  it.runIf(webAssemblyRuns)('gives the same samples in WebAssembly and in JavaScript', () => {
    const played = far(16_000, 2, 4)
    const heard = echoOf(played, 16_000, 30).map((sample, i) => sample + 0.05 * Math.sin(0.05 * i))
    using wasm = createEchoCanceller({ sampleRate: 16_000, engine: 'wasm' })
    using js = createEchoCanceller({ sampleRate: 16_000, engine: 'js' })
    expect(run(wasm, played, heard)).toEqual(run(js, played, heard))
  })

  for (const suppression of ['full', 'linear'] as const) {
    it(`gives the same samples for any chunking with ${suppression} suppression, as many as it took`, () => {
      const options: EchoCancellerOptions = { sampleRate: 8000, suppression, tailMs: 60, maxDelayMs: 100 }
      const played = far(8000, 1, 5).subarray(0, 7777)
      const heard = echoOf(played, 8000, 20)
      using canceller = createEchoCanceller(options)
      const whole = run(canceller, played, heard)
      expect(whole.length).toBe(heard.length)
      for (let seed = 0; seed < 8; seed++) {
        const parts: Float32Array[] = []
        let at = 0
        for (const piece of randomlyCut(heard, seed)) {
          canceller.reference(played.subarray(at, at + piece.length))
          parts.push(canceller.process(piece))
          at += piece.length
        }
        expect(concatFloat32([...parts, canceller.flush()])).toEqual(whole)
      }
    })
  }

  it('stays finite and recovers after samples that are not finite, and after absurdly loud ones', () => {
    const played = far(16_000, 2, 6)
    const heard = echoOf(played, 16_000, 30)
    for (let i = 0; i < 600; i++) {
      const bad = [NaN, Infinity, -Infinity, 1e30][i % 4] ?? 0
      heard[9000 + 3 * i] = bad
      played[9500 + 3 * i] = bad
    }
    using canceller = createEchoCanceller({ sampleRate: 16_000 })
    const output = run(canceller, played, heard)
    expect(output.every(Number.isFinite)).toBe(true)
    expect(Math.max(...output.subarray(28_000).map(Math.abs))).toBeLessThan(0.5)
  })

  it('gives nothing for nothing', () => {
    using canceller = createEchoCanceller({ sampleRate: 48_000 })
    expect(canceller.process(new Float32Array(0)).length).toBe(0)
    expect(canceller.flush().length).toBe(0)
  })

  it.runIf(webAssemblyRuns)('reuses the memory of disposed cancellers', () => {
    const played = far(8000, 1, 7)
    const results = Array.from({ length: 200 }, () => {
      using canceller = createEchoCanceller({ sampleRate: 8000, tailMs: 20, maxDelayMs: 20, engine: 'wasm' })
      return run(canceller, played.subarray(0, 800), played.subarray(100, 900))
    })
    expect(results.at(-1)).toEqual(results[0])
  })

  it.runIf(webAssemblyRuns)('gives its memory back once, and is of no use afterwards', () => {
    const options: EchoCancellerOptions = { sampleRate: 8000, tailMs: 30, maxDelayMs: 30, engine: 'wasm' }
    const gone = createEchoCanceller(options)
    gone[Symbol.dispose]()
    gone[Symbol.dispose]()
    // Memory given back twice would be shared by the next two.
    using first = createEchoCanceller(options)
    using second = createEchoCanceller(options)
    const played = far(8000, 1, 8)
    const heard = echoOf(played, 8000, 20)
    const alone = run(first, played, heard)
    first.reset()
    const parts: Float32Array[] = []
    for (let at = 0; at < played.length; at += 80) {
      first.reference(played.subarray(at, at + 80))
      parts.push(first.process(heard.subarray(at, at + 80)))
      second.reference(new Float32Array(80).fill(0.5))
      second.process(new Float32Array(80).fill(-0.5))
    }
    expect(concatFloat32([...parts, first.flush()])).toEqual(alone)
    const silence = new Float32Array(80)
    for (const call of [
      () => gone.reference(silence),
      () => gone.process(silence),
      () => gone.flush(),
      () => gone.reset(),
    ]) {
      expect(call).toThrow(ReferenceError)
    }
  })

  it('refuses rates and times it is not made for', () => {
    expect(() => createEchoCanceller({ sampleRate: 44_100 })).toThrow(RangeError)
    expect(() => createEchoCanceller({ sampleRate: 16_000, tailMs: 0 })).toThrow(RangeError)
    expect(() => createEchoCanceller({ sampleRate: 16_000, maxDelayMs: 15 })).toThrow(RangeError)
  })
})
