import {
  createLimiter,
  createLoudnessMeter,
  createLoudnessNormalizer,
  truePeak,
} from '../../src/loudness/index.ts'
import { concatFloat32, noise, tone } from '../../src/testing/signals.ts'
import { talk } from '../echo/speech.ts'
import type { BenchOptions, Table } from '../section.ts'
import { usForTenMs } from './cost.ts'

const sampleRate = 48_000
type Parts = readonly (readonly [db: number, seconds: number])[]

/** Signals of EBU Tech 3341 whose integrated loudness must be so many LUFS to 0.1 LU. */
const cases: readonly { readonly name: string; readonly lufs: number; readonly parts: Parts }[] = [
  { name: '1, steady at -23', lufs: -23, parts: [[-23, 20]] },
  { name: '2, steady at -33', lufs: -33, parts: [[-33, 20]] },
  {
    name: '3, relative gate',
    lufs: -23,
    parts: [
      [-36, 10],
      [-23, 60],
      [-36, 10],
    ],
  },
  {
    name: '4, both gates',
    lufs: -23,
    parts: [
      [-72, 10],
      [-36, 10],
      [-23, 60],
      [-36, 10],
      [-72, 10],
    ],
  },
  {
    name: '5, mean of powers',
    lufs: -23,
    parts: [
      [-26, 20],
      [-20, 20.1],
      [-26, 20],
    ],
  },
]

/** Sines of cases 15 to 19, whose true peak may read 0.2 dB more or 0.4 dB less. */
const peaks = [
  { name: '15, a quarter of the rate', divisor: 4, degrees: 0, amplitude: 0.5, db: -6 },
  { name: '16, between samples', divisor: 4, degrees: 45, amplitude: 0.5, db: -6 },
  { name: '17, a sixth of the rate', divisor: 6, degrees: 60, amplitude: 0.5, db: -6 },
  { name: '18, an eighth of the rate', divisor: 8, degrees: 67.5, amplitude: 0.5, db: -6 },
  { name: '19, over full scale', divisor: 4, degrees: 45, amplitude: 1.41, db: 3 },
] as const

const oneTone = (db: number, seconds: number): Float32Array =>
  tone({
    frequency: 1000,
    sampleRate,
    length: Math.round(seconds * sampleRate),
    amplitude: 10 ** (db / 20),
  })

function loudnessOff({ lufs, parts }: (typeof cases)[number]): number {
  const meter = createLoudnessMeter({ sampleRate, channels: 2 })
  for (const [db, seconds] of parts) {
    const sound = oneTone(db, seconds)
    meter.process([sound, sound])
  }
  return meter.integrated - lufs
}

/** Most by which momentary or short-term loudness is off -23 LUFS once levels alternate within their windows (9, 12). */
function movingOff(which: 'momentary' | 'shortTerm', parts: Parts): number {
  const meter = createLoudnessMeter({ sampleRate, channels: 2 })
  const sound = concatFloat32(
    Array.from({ length: 25 }, () => parts.map(([db, seconds]) => oneTone(db, seconds))).flat(),
  )
  let most = 0
  for (let at = 0; at < sound.length; at += sampleRate / 100) {
    const chunk = sound.subarray(at, at + sampleRate / 100)
    meter.process([chunk, chunk])
    if (at >= 3 * sampleRate) most = Math.max(most, Math.abs(meter[which] + 23))
  }
  return most
}

function peakOff({ divisor, degrees, amplitude, db }: (typeof peaks)[number]): number {
  const phase = (degrees * Math.PI) / 180
  const length = sampleRate / 4
  const sound = tone({ frequency: sampleRate / divisor, sampleRate, length, amplitude, phase })
  // As in the published signals it begins and ends without a step.
  const faded = sound.map((sample, i) => sample * Math.min(1, i / 2000, (length - i) / 2000))
  return 20 * Math.log10(truePeak(faded)) - db
}

/** Most by which a true peak is over the ceiling, in dB, over bursts of noise and speech that is far too loud. */
async function overshootDb(runs: number): Promise<number> {
  let most = -Infinity
  for (let seed = 1; seed <= runs; seed++) {
    const bursts = noise({ seed, length: 24_000, amplitude: 6 }).map((sample, i) =>
      i % 5000 < 40 ? sample : 0.1 * sample,
    )
    // oxlint-disable-next-line no-await-in-loop -- one sound at a time
    const shouted = (await talk('rms', 5, seed)).map((sample) => 20 * sample)
    for (const sound of [bursts, shouted]) {
      const limiter = createLimiter({ sampleRate: 16_000, ceilingDb: -1 })
      const limited = concatFloat32([...limiter.process(sound), ...limiter.flush()])
      most = Math.max(most, 20 * Math.log10(truePeak(limited)) + 1)
    }
  }
  return most
}

/** Spread of loudness of three voices at three levels before and behind the normalizer, in LU. */
async function spreadLu(): Promise<readonly [before: number, after: number]> {
  const before: number[] = []
  const after: number[] = []
  for (const [place, voice] of (['slt', 'rms', 'awb'] as const).entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one voice at a time
    const spoken = (await talk(voice, 30, 9)).map((sample) => sample * 10 ** ((place - 1) * 0.5))
    const normalizer = createLoudnessNormalizer({ sampleRate: 16_000 })
    const output = concatFloat32([...normalizer.process(spoken), ...normalizer.flush()])
    for (const [sound, values] of [
      [spoken, before],
      [output, after],
    ] as const) {
      const meter = createLoudnessMeter({ sampleRate: 16_000 })
      meter.process(sound.subarray(10 * 16_000))
      values.push(meter.integrated)
    }
  }
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
  return [spread(before), spread(after)]
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(2)}`

/** Meter against the published signals, limiter and normalizer against their promise. */
export async function loudnessFigures({ quick }: BenchOptions): Promise<Table> {
  const loudness = (quick ? cases.slice(0, 1) : cases).map((one) => ({
    name: one.name,
    off: loudnessOff(one),
  }))
  const momentary = movingOff('momentary', [
    [-20, 0.18],
    [-30, 0.22],
  ])
  const shortTerm = movingOff('shortTerm', [
    [-20, 1.34],
    [-30, 1.66],
  ])
  const truePeaks = peaks.map((one) => ({ name: one.name, off: peakOff(one) }))
  const worst = Math.max(momentary, shortTerm, ...loudness.map(({ off }) => Math.abs(off)))
  const offs = truePeaks.map(({ off }) => off)
  const [least, most] = [Math.min(...offs), Math.max(...offs)]
  const over = await overshootDb(quick ? 1 : 8)
  const [before, after] = await spreadLu()
  const meter = createLoudnessMeter({ sampleRate })
  const limiter = createLimiter({ sampleRate })
  const hiss = noise({ seed: 1, length: sampleRate })
  const costOf = (pass: (chunk: Float32Array) => unknown, sound = hiss): string =>
    `${usForTenMs(sound, sampleRate, pass).toFixed(1)} us`
  const soft = hiss.map((sample) => 0.2 * sample)
  return {
    id: 'loudness',
    title: 'Loudness, limiter and normalizer',
    columns: ['figure', 'value'],
    rows: [
      ...loudness.map(({ name, off }) => [`EBU Tech 3341 case ${name}`, `${signed(off)} LU`]),
      ['EBU Tech 3341 case 9, short-term', `${shortTerm.toFixed(2)} LU`],
      ['EBU Tech 3341 case 12, momentary', `${momentary.toFixed(2)} LU`],
      ...truePeaks.map(({ name, off }) => [`EBU Tech 3341 case ${name}`, `${signed(off)} dB`]),
      ['true peak behind the limiter against its ceiling', `${signed(over)} dB`],
      ['spread of three voices, each 10 dB louder than the one before', `${before.toFixed(1)} LU`],
      ['the same behind the normalizer', `${after.toFixed(1)} LU`],
      ['meter, 10 ms at 48 kHz', costOf((chunk) => meter.process(chunk))],
      ['limiter, 10 ms at 48 kHz near its ceiling', costOf((chunk) => limiter.process(chunk))],
      ['limiter, 10 ms at 48 kHz far under it', costOf((chunk) => limiter.process(chunk), soft)],
    ],
    targets: [
      {
        figure: 'loudness of the signals of EBU Tech 3341, the worst',
        must: '0.1 LU',
        measured: `${worst.toFixed(2)} LU`,
        met: worst <= 0.1 ? 'must' : 'missed',
      },
      {
        figure: 'true peak of the signals of EBU Tech 3341, least and most',
        must: '-0.4 to +0.2 dB',
        measured: `${signed(least)} to ${signed(most)} dB`,
        met: least >= -0.4 && most <= 0.2 ? 'must' : 'missed',
      },
      {
        figure: 'true peak over the ceiling of the limiter',
        must: '0 dB',
        measured: `${signed(over)} dB`,
        met: over <= 0 ? 'must' : 'missed',
      },
    ],
  }
}
