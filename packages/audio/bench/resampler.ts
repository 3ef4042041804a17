import { do_not_optimize, measure } from 'mitata'
import { createResampler } from '../src/index.ts'
import { concatFloat32, measureResampler, noise } from '../src/testing/index.ts'

const pairs: readonly (readonly [from: number, to: number])[] = [
  [24_000, 16_000],
  [16_000, 24_000],
  [48_000, 24_000],
  [24_000, 48_000],
  [8000, 24_000],
  [24_000, 8000],
  [44_100, 24_000],
  [24_000, 44_100],
  [44_100, 48_000],
  [11_025, 16_000],
]
const chunkMs = 20
const tones = 199

interface Speed {
  /** Seconds of sound a second. */
  readonly timesRealTime: number
  readonly microsecondsPerChunk: number
}

async function speedOf(from: number, to: number): Promise<Speed> {
  const resampler = createResampler({ from, to })
  const chunk = noise({ seed: 1, length: Math.round((from * chunkMs) / 1000) })
  const output = new Float32Array(resampler.outputLength(chunk.length) * 2 + 4096)
  const { p50 } = await measure(() => do_not_optimize(resampler.processInto(chunk, output)))
  return { timesRealTime: (chunkMs * 1e6) / p50, microsecondsPerChunk: p50 / 1000 }
}

const columns = [
  'from > to',
  'spur dB',
  'THD+N dB',
  'ripple dB',
  '-3 dB',
  'delay ms',
  'x real time',
  'us / 20 ms',
]
const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(14)).join('')

console.log(row(columns))
let product = 1
for (const [from, to] of pairs) {
  const run = (input: Float32Array): Float32Array => {
    const resampler = createResampler({ from, to })
    return concatFloat32([...resampler.process(input), ...resampler.flush()])
  }
  const quality = measureResampler({ from, to, run }, tones)
  // One after the other: two measurements at once would disturb each other.
  // oxlint-disable-next-line no-await-in-loop
  const speed = await speedOf(from, to)
  product *= speed.timesRealTime
  console.log(
    row([
      `${from} > ${to}`,
      quality.spurDb.toFixed(1),
      quality.thdPlusNoiseDb.toFixed(1),
      quality.rippleDb.toExponential(1),
      quality.halfPower.toFixed(3),
      createResampler({ from, to }).delayMs.toFixed(2),
      speed.timesRealTime.toFixed(0),
      speed.microsecondsPerChunk.toFixed(1),
    ]),
  )
}
console.log(`geometric mean: ${(product ** (1 / pairs.length)).toFixed(0)} x real time`)
