import { createAnalysisWindows, lineRate } from './analysis-windows.ts'
import { columnFrequencies, dtmfDigits, rowFrequencies, type DtmfDigit } from './dtmf-digits.ts'
import { goertzel, hann, wrapped, type Line } from './goertzel.ts'

/** A key went down or up; times in ms of the stream, good to 5 ms. */
export type DtmfEvent =
  | { readonly type: 'down'; readonly digit: DtmfDigit; readonly atMs: number }
  | { readonly type: 'up'; readonly digit: DtmfDigit; readonly atMs: number; readonly durationMs: number }

/** Finds keys in what is heard. */
export interface DtmfDetector {
  /** Takes the next chunk, of any length. */
  process(chunk: Float32Array): readonly DtmfEvent[]
  reset(): void
}

/** Options of the detector; the rate is of the stream, in Hz. */
export interface DtmfDetectorOptions {
  readonly sampleRate: number
  /** Weakest tone in dB of full scale (RMS); -42 unless said otherwise. */
  readonly leastLevelDb?: number
}

const windowSamples = 160
const hopSamples = 40
const hopMs = (hopSamples * 1000) / lineRate
/** ITU-T Q.24: accept up to 1.5 %, refuse from 3.5 % on. */
const greatestDeviation = 0.025
/** ITU-T Q.24, North America: the higher tone may be 4 dB stronger or 8 dB weaker; half a dB for the measurement. */
const greatestTwistDb = 4.5
const leastTwistDb = -8.5
/** Share of the power that the two tones must have. */
const leastShare = 0.75
/** Windows in a row: a tone of 40 ms fills six, one of 23 ms three; a break of 10 ms spoils five, a pause of 40 ms nine. */
const windowsToDown = 4
const windowsToUp = 7

interface Found {
  readonly place: number
  readonly line: Line
}

/**
 * Detector for telephone keys: Goertzel lines over windows of 20 ms, of which the two strongest must hold most of the
 * power, be within the twist, and advance in phase as their frequencies do, which speech does not.
 */
export function createDtmfDetector(options: DtmfDetectorOptions): DtmfDetector {
  const { sampleRate, leastLevelDb = -42 } = options
  const leastPower = 10 ** (leastLevelDb / 10)
  const windows = createAnalysisWindows({ sampleRate, length: windowSamples, hop: hopSamples })
  const shape = hann(windowSamples)
  const shapeSum = shape.reduce((sum, value) => sum + value, 0)
  const shapePower = shape.reduce((sum, value) => sum + value * value, 0)
  const windowed = new Float64Array(windowSamples)
  const phases = new Float64Array(8)
  const radians = [...rowFrequencies, ...columnFrequencies].map((hz) => (2 * Math.PI * hz) / lineRate)
  let candidate: DtmfDigit | undefined
  let agreed = 0
  let down: { readonly digit: DtmfDigit; readonly atMs: number } | undefined
  let missed = 0

  /** The strongest of four lines, with its true frequency checked by how far its phase moved. */
  function strongest(first: number): Found | undefined {
    let best: Found | undefined
    let steady = false
    for (let place = first; place < first + 4; place++) {
      const nominal = radians[place] ?? 0
      const line = goertzel(windowed, nominal, shapeSum)
      const moved = wrapped(line.phase - (phases[place] ?? 0) - nominal * hopSamples)
      phases[place] = line.phase
      if (best && line.power <= best.line.power) continue
      best = { place: place - first, line }
      steady = Math.abs(moved) <= greatestDeviation * nominal * hopSamples
    }
    return steady ? best : undefined
  }

  function digitIn(samples: Float64Array): DtmfDigit | undefined {
    let power = 0
    for (let i = 0; i < windowSamples; i++) {
      const sample = (samples[i] ?? 0) * (shape[i] ?? 0)
      windowed[i] = sample
      power += sample * sample
    }
    const row = strongest(0)
    const column = strongest(4)
    if (!row || !column) return undefined
    if (Math.min(row.line.power, column.line.power) < leastPower) return undefined
    if (row.line.power + column.line.power < (leastShare * power) / shapePower) return undefined
    const twistDb = 10 * Math.log10(column.line.power / row.line.power)
    if (twistDb > greatestTwistDb || twistDb < leastTwistDb) return undefined
    return dtmfDigits[4 * row.place + column.place]
  }

  function step(digit: DtmfDigit | undefined, endMs: number): readonly DtmfEvent[] {
    const events: DtmfEvent[] = []
    agreed = digit !== undefined && digit === candidate ? agreed + 1 : digit === undefined ? 0 : 1
    candidate = digit
    if (down) {
      missed = digit === down.digit ? 0 : missed + 1
      const replaced = agreed >= windowsToDown && digit !== down.digit
      if (missed >= windowsToUp || replaced) {
        // The last window that agreed began to lose the tone about a quarter of its length before its end.
        const atMs = Math.max(down.atMs, endMs - missed * hopMs - hopMs)
        events.push({ type: 'up', digit: down.digit, atMs, durationMs: atMs - down.atMs })
        down = undefined
      }
    }
    if (!down && candidate !== undefined && agreed >= windowsToDown) {
      const atMs = Math.max(0, endMs - (agreed - 1) * hopMs - (windowSamples * 1000) / lineRate + hopMs)
      down = { digit: candidate, atMs }
      missed = 0
      events.push({ type: 'down', digit: candidate, atMs })
    }
    return events
  }

  return {
    process(chunk) {
      const events: DtmfEvent[] = []
      windows.process(chunk, (samples, endMs) => events.push(...step(digitIn(samples), endMs)))
      return events
    },
    reset() {
      windows.reset()
      phases.fill(0)
      candidate = undefined
      agreed = 0
      down = undefined
      missed = 0
    },
  }
}
