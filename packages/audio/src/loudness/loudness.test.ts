import { describe, expect, it } from 'vitest'
import { describeLaws } from '../testing/laws.ts'
import { processorLaws } from '../testing/processor-laws.ts'
import { concatFloat32, noise, randomlyCut, tone } from '../testing/signals.ts'
import {
  createLimiter,
  createLoudnessMeter,
  createLoudnessNormalizer,
  silenceLufs,
  truePeak,
} from './index.ts'
import { createTruePeakFollower } from './true-peak.ts'

const sampleRate = 48_000

/** A sine of 1 kHz whose peak is `db` under full scale; its ten periods in 10 ms are computed once. */
function sine(db: number, seconds: number, rate = sampleRate): Float32Array {
  const period = tone({ frequency: 1000, sampleRate: rate, length: rate / 100, amplitude: 10 ** (db / 20) })
  const sound = new Float32Array(Math.round(seconds * rate))
  for (let at = 0; at < sound.length; at += period.length) {
    sound.set(period.subarray(0, sound.length - at), at)
  }
  return sound
}

/** Meter after both channels played the same parts, each a level in dBFS and its seconds. */
function metered(parts: readonly (readonly [db: number, seconds: number])[]) {
  const meter = createLoudnessMeter({ sampleRate, channels: 2 })
  let momentary: [least: number, most: number] = [Infinity, -Infinity]
  let shortTerm: [least: number, most: number] = [Infinity, -Infinity]
  const sound = concatFloat32(parts.map(([db, seconds]) => sine(db, seconds)))
  for (let at = 0; at < sound.length; at += sampleRate / 100) {
    const chunk = sound.subarray(at, at + sampleRate / 100)
    meter.process([chunk, chunk])
    if (at >= 3 * sampleRate) {
      momentary = [Math.min(momentary[0], meter.momentary), Math.max(momentary[1], meter.momentary)]
      shortTerm = [Math.min(shortTerm[0], meter.shortTerm), Math.max(shortTerm[1], meter.shortTerm)]
    }
  }
  return { momentary, shortTerm, integrated: meter.integrated }
}

function within(actual: number, expected: number, tolerance = 0.1): void {
  expect(Math.abs(actual - expected), `${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance)
}

// The signals and tolerances of EBU Tech 3341, table 1, for stereo.
describe('a loudness meter', () => {
  it('reads a steady tone the same in all three ways (cases 1 and 2)', () => {
    for (const level of [-23, -33]) {
      const { momentary, shortTerm, integrated } = metered([[level, 20]])
      for (const value of [...momentary, ...shortTerm, integrated]) within(value, level)
    }
  })

  it('leaves out what is 10 LU softer (case 3) and what is under -70 LUFS (case 4)', () => {
    within(
      metered([
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ]).integrated,
      -23,
    )
    within(
      metered([
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ]).integrated,
      -23,
    )
  })

  it('weighs by power (case 5)', () => {
    within(
      metered([
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ]).integrated,
      -23,
    )
  })

  it('keeps still for levels that alternate within its windows (cases 9 and 12)', () => {
    const slow = Array.from(
      { length: 5 },
      () =>
        [
          [-20, 1.34],
          [-30, 1.66],
        ] as const,
    ).flat()
    for (const value of metered(slow).shortTerm) within(value, -23)
    const fast = Array.from(
      { length: 25 },
      () =>
        [
          [-20, 0.18],
          [-30, 0.22],
        ] as const,
    ).flat()
    for (const value of metered(fast).momentary) within(value, -23)
  })

  it('finds the maximum of a tone of one window, wherever it begins (cases 11 and 14)', () => {
    for (const begin of [0, 0.15, 0.305, 1.95]) {
      within(
        metered([
          [-200, 3 + begin],
          [-23, 3],
          [-200, 1],
        ]).shortTerm[1],
        -23,
      )
      within(
        metered([
          [-200, 3 + begin],
          [-23, 0.4],
          [-200, 1],
        ]).momentary[1],
        -23,
      )
    }
  })

  it('measures at every rate alike', () => {
    for (const rate of [8000, 16_000, 24_000, 44_100]) {
      const meter = createLoudnessMeter({ sampleRate: rate })
      meter.process(sine(-20, 5, rate))
      // One channel instead of two: 3 dB less.
      within(meter.integrated, -23.01)
    }
  })

  it('reads the same for any chunking, and silence after a reset', () => {
    const sound = noise({ seed: 1, length: 50_000 })
    const meter = createLoudnessMeter({ sampleRate: 44_100 })
    meter.process(sound)
    const whole = [meter.momentary, meter.shortTerm, meter.integrated]
    for (let seed = 0; seed < 5; seed++) {
      meter.reset()
      expect(meter.integrated).toBe(silenceLufs)
      for (const piece of randomlyCut(sound, seed)) meter.process(piece)
      expect([meter.momentary, meter.shortTerm, meter.integrated]).toEqual(whole)
    }
  })

  it('counts samples that are not finite as silence', () => {
    const meter = createLoudnessMeter({ sampleRate })
    meter.process(new Float32Array(sampleRate).fill(NaN))
    meter.process(new Float32Array(sampleRate).fill(-Infinity))
    expect(meter.integrated).toBe(silenceLufs)
  })

  it('refuses other channels than it was made for', () => {
    const meter = createLoudnessMeter({ sampleRate, channels: 2 })
    expect(() => meter.process(new Float32Array(8))).toThrow(RangeError)
    expect(() => meter.process([new Float32Array(8), new Float32Array(9)])).toThrow(RangeError)
  })
})

describe('the true peak', () => {
  // EBU Tech 3341, cases 15 to 19: level in dB, +0.2 and -0.4 allowed.
  const cases = [
    { divisor: 4, phase: 0, amplitude: 0.5, db: -6 },
    { divisor: 4, phase: 45, amplitude: 0.5, db: -6 },
    { divisor: 6, phase: 60, amplitude: 0.5, db: -6 },
    { divisor: 8, phase: 67.5, amplitude: 0.5, db: -6 },
    { divisor: 4, phase: 45, amplitude: 1.41, db: 3 },
  ]
  for (const { divisor, phase, amplitude, db } of cases) {
    it(`is ${db} dB for a sine of ${amplitude} at 1/${divisor} of the rate and ${phase} degrees`, () => {
      const sound = tone({
        frequency: sampleRate / divisor,
        sampleRate,
        length: sampleRate / 4,
        amplitude,
        phase: (phase * Math.PI) / 180,
      })
      // The tone begins and ends without a step, as in the published signals.
      const faded = sound.map((sample, i) => sample * Math.min(1, i / 2000, (sound.length - i) / 2000))
      const measured = 20 * Math.log10(truePeak(faded))
      expect(measured).toBeGreaterThan(db - 0.4)
      expect(measured).toBeLessThan(db + 0.2)
    })
  }
})

describe('a follower of true peaks', () => {
  it('misses no peak over its floor', () => {
    const swelling = noise({ seed: 8, length: 20_000, amplitude: 1 }).map(
      (sample, i) => sample * Math.sin(i / 700) ** 4,
    )
    const exact = createTruePeakFollower()
    const thrifty = createTruePeakFollower(0.5)
    let over = 0
    for (const sample of swelling) {
      const [expected, found] = [exact.next(sample), thrifty.next(sample)]
      if (expected > 0.5) over++
      if (expected > 0.5 || found > 0.5) expect(found).toBe(expected)
    }
    expect(over).toBeGreaterThan(1000)
  })
})

describe('a limiter', () => {
  const loud = noise({ seed: 3, length: 48_000, amplitude: 4 }).map(
    (sample, i) => sample * (i % 9000 < 300 ? 2 : 0.2),
  )

  it('keeps every true peak under its ceiling', () => {
    for (const ceilingDb of [-1, -6]) {
      const limiter = createLimiter({ sampleRate: 24_000, ceilingDb })
      const output = concatFloat32([...limiter.process(loud), ...limiter.flush()])
      expect(output.length).toBe(loud.length)
      expect(20 * Math.log10(truePeak(output))).toBeLessThanOrEqual(ceilingDb)
    }
  })

  it('passes what is under its ceiling unchanged', () => {
    const soft = noise({ seed: 4, length: 4800, amplitude: 0.4 })
    const limiter = createLimiter({ sampleRate: 24_000 })
    expect(concatFloat32([...limiter.process(soft), ...limiter.flush()])).toEqual(soft)
  })

  it('moves its gain without a step', () => {
    const sound = sine(0, 0.3).map((sample, i) => sample * (i > 4800 && i < 9600 ? 4 : 0.5))
    const limiter = createLimiter({ sampleRate })
    const output = concatFloat32([...limiter.process(sound), ...limiter.flush()])
    let steepest = 0
    for (let i = 1; i < output.length; i++) {
      const gain = (output[i] ?? 0) / (sound[i] ?? 1)
      const before = (output[i - 1] ?? 0) / (sound[i - 1] ?? 1)
      if (Math.abs(sound[i] ?? 0) > 0.1 && Math.abs(sound[i - 1] ?? 0) > 0.1) {
        steepest = Math.max(steepest, Math.abs(gain - before))
      }
    }
    // The whole way from 1 to a quarter takes the look-ahead of 240 samples.
    expect(steepest).toBeLessThan(0.01)
  })

  it('takes samples that are not finite for silence', () => {
    const limiter = createLimiter({ sampleRate: 8000 })
    const output = concatFloat32([
      ...limiter.process(Float32Array.of(NaN, Infinity, 0.5)),
      ...limiter.flush(),
    ])
    expect(Array.from(output)).toEqual([0, 0, 0.5])
  })

  describeLaws('as a processor', processorLaws(loud.subarray(0, 12_000)), () =>
    createLimiter({ sampleRate: 24_000 }),
  )
})

describe('what works on loudness', () => {
  it('names what it refuses', () => {
    for (const options of [
      { sampleRate: NaN },
      { sampleRate: 0 },
      { ceilingDb: NaN },
      { lookAheadMs: 0 },
      { releaseMs: -1 },
    ]) {
      const [name] = Object.keys(options)
      expect(() => createLimiter({ sampleRate, ...options })).toThrow(name)
    }
    expect(() => createLoudnessMeter({ sampleRate: Infinity })).toThrow('sampleRate')
    expect(() => createLoudnessNormalizer({ sampleRate: 0 })).toThrow('sampleRate')
    expect(() => createLoudnessNormalizer({ sampleRate, targetLufs: NaN })).toThrow('targetLufs')
  })
})

describe('a loudness normalizer', () => {
  it('brings voices of any level to one loudness', () => {
    for (const level of [-30, -20, -8]) {
      const normalizer = createLoudnessNormalizer({ sampleRate: 16_000, targetLufs: -20 })
      const output = concatFloat32([...normalizer.process(sine(level, 12, 16_000)), ...normalizer.flush()])
      const meter = createLoudnessMeter({ sampleRate: 16_000 })
      meter.process(output.subarray(8 * 16_000))
      within(meter.integrated, -20, 0.5)
    }
  })

  it('leaves noise of the room alone, and pauses', () => {
    const normalizer = createLoudnessNormalizer({ sampleRate: 16_000 })
    normalizer.process(noise({ seed: 5, length: 64_000, amplitude: 0.001 }))
    expect(normalizer.gainDb).toBe(0)
    normalizer.process(sine(-25, 8, 16_000))
    const before = normalizer.gainDb
    normalizer.process(new Float32Array(160_000))
    expect(normalizer.gainDb).toBeCloseTo(before, 5)
  })

  it('never gives a peak over full scale', () => {
    const normalizer = createLoudnessNormalizer({ sampleRate: 16_000, gainDbPerSecond: 100 })
    const sound = concatFloat32([sine(-40, 2, 16_000), sine(0, 1, 16_000)])
    const output = concatFloat32([...normalizer.process(sound), ...normalizer.flush()])
    expect(truePeak(output)).toBeLessThanOrEqual(10 ** (-1 / 20))
  })

  describeLaws('as a processor', processorLaws(noise({ seed: 6, length: 6000, amplitude: 0.2 })), () =>
    createLoudnessNormalizer({ sampleRate: 8000, gainDbPerSecond: 50 }),
  )
})
