import { describe, expect, it } from 'vitest'
import { createTranscoder } from './index.ts'
import { createJitterBuffer, createPlainDecoder } from './jitter-buffer/index.ts'
import { createResampler, type Resampler } from './resampler.ts'
import { seededRandom, tone, webAssemblyRuns } from './testing/index.ts'
import { growthOf } from './testing/memory.ts'

/** Frames in all, over every pair of rates. */
const frames = 1_000_000
const rates = [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]
const pairs = rates.flatMap((from) => rates.filter((to) => to !== from).map((to) => ({ from, to })))
const frequency = 300
const amplitude = 0.5

/** A tone without an end, cut into chunks at random. */
function endlessTone(sampleRate: number): (length: number) => Float32Array {
  const period = tone({ frequency, sampleRate, length: sampleRate, amplitude })
  let at = 0
  return (length) => {
    const chunk = new Float32Array(length)
    for (let i = 0; i < length; i++) chunk[i] = period[(at + i) % sampleRate] ?? 0
    at = (at + length) % sampleRate
    return chunk
  }
}

/** The steepest a tone of these figures gets, from one sample to the next. */
const steepest = (sampleRate: number, hertz = frequency): number =>
  (2 * Math.PI * hertz * amplitude) / sampleRate

/** Largest step within and between chunks, after the first samples, in which the sound sets in. */
function stepMeter(ignored: number): {
  add(samples: Float32Array): void
  readonly largest: number
  readonly length: number
} {
  let largest = 0
  let last = 0
  let length = 0
  return {
    add(samples) {
      for (const sample of samples) {
        if (length > ignored) largest = Math.max(largest, Math.abs(sample - last))
        last = sample
        length++
      }
    },
    get largest() {
      return largest
    },
    get length() {
      return length
    },
  }
}

const engines = webAssemblyRuns ? (['wasm', 'js'] as const) : (['js'] as const)

/** Frames of one of four runs whose memory is compared. */
const run = frames / 16
/** What the smallest leak, a number a frame, would leave (bytes). */
const leak = 8 * run

describe('a million frames', () => {
  it.each(engines)('pass the resampler (%s) without a click or a drift in length', (engine) => {
    const perPair = Math.ceil(frames / engines.length / pairs.length)
    for (const { from, to } of pairs) {
      const random = seededRandom(from + to)
      const source = endlessTone(from)
      using resampler: Resampler = createResampler({ from, to, engine })
      const meter = stepMeter(to / 10)
      const most = Math.round(from / 400)
      let given = 0
      for (let i = 0; i < perPair; i++) {
        const chunk = source(Math.floor(random() * most))
        given += chunk.length
        for (const output of resampler.process(chunk)) meter.add(output)
      }
      const beforeEnd = meter.largest
      for (const output of resampler.flush()) meter.add(output)
      expect(Math.abs(meter.length - (given * to) / from), `${from} > ${to}: length`).toBeLessThan(1)
      expect(beforeEnd, `${from} > ${to}: step`).toBeLessThan(steepest(to) * 1.01)
    }
  })

  it.each(engines)('pass the resampler (%s) without growth', (engine) => {
    const random = seededRandom(3)
    using resampler: Resampler = createResampler({ from: 24_000, to: 16_000, engine })
    const input = new Float32Array(48)
    const output = new Float32Array(48)
    const grown = growthOf(() => {
      for (let i = 0; i < run / 2; i++) {
        resampler.process(input.subarray(0, Math.floor(random() * 48)))
        resampler.processInto(input, output)
      }
    })
    expect(grown).toBeLessThan(leak)
  })

  it('pass the transcoder to the phone and back without a drift in length or growth', () => {
    const random = seededRandom(5)
    const toPhone = createTranscoder({ type: 'audio/pcm', rate: 24_000 }, { type: 'audio/pcmu' })
    const back = createTranscoder({ type: 'audio/pcmu' }, { type: 'audio/pcm', rate: 24_000 })
    let given = 0
    let got = 0
    const grown = growthOf(() => {
      for (let i = 0; i < run; i++) {
        const chunk = new Uint8Array(2 * Math.floor(random() * 100))
        given += chunk.length
        for (const codes of toPhone.process(chunk)) {
          for (const bytes of back.process(codes)) got += bytes.length
        }
      }
    })
    expect(grown).toBeLessThan(leak)
    for (const codes of toPhone.flush()) for (const bytes of back.process(codes)) got += bytes.length
    for (const bytes of back.flush()) got += bytes.length
    expect(Math.abs(got - given)).toBeLessThanOrEqual(12)
  })

  it('pass the jitter buffer without a click or growth, however they come', () => {
    const sampleRate = 16_000
    const samples = sampleRate / 100
    // Packets hold no whole number of its periods, so that what is joined has to be made to fit.
    const pitch = 230
    const hum = tone({ frequency: pitch, sampleRate, length: sampleRate, amplitude })
    const decode = (payload: Uint8Array): Float32Array => {
      const at = ((payload[0] ?? 0) % 100) * samples
      return hum.slice(at, at + samples)
    }
    const buffer = createJitterBuffer({ decoder: createPlainDecoder({ sampleRate, decode }) })
    const output = new Float32Array(samples)
    const random = seededRandom(9)
    const meter = stepMeter(sampleRate / 2)
    let nowMs = 0
    let sequence = 0
    const held: number[] = []
    const grown = growthOf(() => {
      for (let i = 0; i < run; i++) {
        held.push(sequence++)
        // Packets come one by one, in bursts, in another order, twice, or not at all.
        while (held.length > 0 && random() < 0.6) {
          const [number = 0] = held.splice(Math.floor(random() * Math.min(2, held.length)), 1)
          const packet = {
            sequence: number & 0xffff,
            timestamp: (number * samples) >>> 0,
            payload: Uint8Array.of(number % 100),
          }
          if (random() < 0.98) buffer.insert(packet, nowMs)
          if (random() < 0.01) buffer.insert(packet, nowMs)
        }
        nowMs += 10
        buffer.playInto(output, nowMs)
        meter.add(output)
      }
    })
    expect(grown).toBeLessThan(leak)
    expect(meter.largest).toBeLessThan(1.4 * steepest(sampleRate, pitch))
    expect(buffer.statistics.duplicates).toBeGreaterThan(1000)
    expect(buffer.statistics.concealed).toBeGreaterThan(1000)
  })
})
