import type { Processor } from '../processor.ts'
import { createTruePeakFollower } from './true-peak.ts'

/** Options of a limiter. */
export interface LimiterOptions {
  readonly sampleRate: number
  /** No true peak of the output is over it, in dB of full scale; -1 unless said otherwise. */
  readonly ceilingDb?: number
  /** How long before a peak the gain begins to fall, which is also most of the delay; 5 ms unless said otherwise. */
  readonly lookAheadMs?: number
  /** Time in which the gain comes back to 63 %; 80 ms unless said otherwise. */
  readonly releaseMs?: number
}

/** Limiter for a stream; flushed, it has given as many samples as it took. */
export interface Limiter extends Processor<Float32Array, Float32Array> {
  /** Samples by which the output lags behind the input. */
  readonly delaySamples: number
}

/** For what four points a sample do not see, and for the gain that moves between them: 0.15 dB. */
const safety = 10 ** (-0.15 / 20)

/**
 * Look-ahead limiter: the least gain that any peak within the window needs, released slowly and averaged over the
 * window, so that it never jumps and has reached each peak's gain in time. Throws `RangeError` for options that are no
 * rate, level or time.
 */
export function createLimiter(options: LimiterOptions): Limiter {
  const { sampleRate, ceilingDb = -1, lookAheadMs = 5, releaseMs = 80 } = options
  if (!(sampleRate >= 1000 && sampleRate < Infinity)) {
    throw new RangeError(`sampleRate must be 1000 Hz or more, got ${sampleRate}`)
  }
  if (!Number.isFinite(ceilingDb)) throw new RangeError(`ceilingDb must be finite, got ${ceilingDb}`)
  for (const [name, value] of Object.entries({ lookAheadMs, releaseMs })) {
    if (!(value > 0 && value <= 10_000)) throw new RangeError(`${name} must be above 0, got ${value}`)
  }
  const ceiling = 10 ** (ceilingDb / 20) * safety
  const window = Math.max(1, Math.round((lookAheadMs * sampleRate) / 1000))
  const release = 1 - Math.exp(-1000 / (releaseMs * sampleRate))
  const peaks = createTruePeakFollower(ceiling)
  const delaySamples = window + peaks.delaySamples
  const delayed = new Float32Array(delaySamples)
  // The least of a sliding window: places and gains, gains rising from the front (Lemire 2006).
  const places = new Float64Array(window + 3)
  const gains = new Float64Array(window + 3)
  const averaged = new Float64Array(window)
  let front = 0
  let count = 0
  let place = 0
  let held = 1
  let sum = window
  let given = 0

  function leastOfWindow(gain: number): number {
    const size = places.length
    while (count > 0 && (gains[(front + count - 1) % size] ?? 0) >= gain) count--
    const end = (front + count) % size
    places[end] = place
    gains[end] = gain
    count++
    if ((places[front] ?? 0) <= place - window - 2) {
      front = (front + 1) % size
      count--
    }
    return gains[front] ?? 1
  }

  function next(sample: number): number {
    const peak = peaks.next(sample)
    const least = leastOfWindow(peak > ceiling ? ceiling / peak : 1)
    held = least < held ? least : held + release * (least - held)
    const slot = place % window
    sum += held - (averaged[slot] ?? 0)
    averaged[slot] = held
    // A running sum drifts: it is taken anew once a window.
    if (slot === 0) sum = averaged.reduce((total, value) => total + value, 0)
    const at = place % delaySamples
    const output = (delayed[at] ?? 0) * Math.min(1, sum / window)
    delayed[at] = sample
    place++
    return output
  }

  function run(length: number, sampleAt: (i: number) => number): readonly Float32Array[] {
    const early = Math.min(length, Math.max(0, delaySamples - given))
    const output = new Float32Array(length - early)
    for (let i = 0; i < length; i++) {
      const sample = sampleAt(i)
      const limited = next(Number.isFinite(sample) ? Math.max(-1e6, Math.min(1e6, sample)) : 0)
      if (i >= early) output[i - early] = limited
    }
    given += length
    return output.length === 0 ? [] : [output]
  }

  function reset(): void {
    peaks.reset()
    delayed.fill(0)
    averaged.fill(1)
    front = 0
    count = 0
    place = 0
    held = 1
    sum = window
    given = 0
  }

  reset()
  return {
    delaySamples,
    process: (chunk) => run(chunk.length, (i) => chunk[i] ?? 0),
    flush() {
      const rest = given === 0 ? [] : run(delaySamples, () => 0)
      reset()
      return rest
    },
    reset,
  }
}
