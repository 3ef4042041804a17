import { concatFloat32, noise } from '../../src/testing/signals.ts'
import {
  callProgressPatterns,
  callProgressTone,
  createCallProgressDetector,
  createDtmfDetector,
  dtmfDigits,
  dtmfTones,
  type DtmfToneOptions,
} from '../../src/tones/index.ts'
import type { BenchOptions, Table, Target } from '../section.ts'
import type { FalseAlarms } from './talk-off.ts'

const sampleRate = 8000

interface Condition {
  readonly name: string
  readonly options?: Partial<DtmfToneOptions>
  readonly snrDb?: number
  /** What ITU-T Q.24 asks for; nothing where it does not say. */
  readonly asked?: 'found' | 'refused'
}

/** Rate at which the same samples sound that much higher. */
const offBy = (percent: number): Partial<DtmfToneOptions> => ({
  sampleRate: sampleRate / (1 + percent / 100),
})

const conditions: readonly Condition[] = [
  { name: '40 ms, pause of 40 ms', options: { toneMs: 40, pauseMs: 40 }, asked: 'found' },
  { name: '1.5 % too high', options: offBy(1.5), asked: 'found' },
  { name: '1.5 % too low', options: offBy(-1.5), asked: 'found' },
  { name: 'higher tone 4 dB stronger', options: { twistDb: 4 }, asked: 'found' },
  { name: 'higher tone 8 dB weaker', options: { twistDb: -8 }, asked: 'found' },
  { name: '-35 dB of full scale', options: { levelDb: -35 }, asked: 'found' },
  { name: 'noise 15 dB under the tones', snrDb: 15, asked: 'found' },
  { name: 'noise 9 dB under the tones', snrDb: 9 },
  { name: 'noise 6 dB under the tones', snrDb: 6 },
  { name: '23 ms', options: { toneMs: 23, pauseMs: 80 }, asked: 'refused' },
  { name: '3.5 % too high', options: offBy(3.5), asked: 'refused' },
  { name: '3.5 % too low', options: offBy(-3.5), asked: 'refused' },
]

/** Keys in the sound, silence before and after. */
function digitsIn(sound: Float32Array): string {
  const heard = concatFloat32([new Float32Array(800), sound, new Float32Array(1600)])
  const events = createDtmfDetector({ sampleRate }).process(heard)
  return events.flatMap((event) => (event.type === 'down' ? [event.digit] : [])).join('')
}

/** Share of all sixteen keys, each several times, that are found in their place. */
function shareFound({ options = {}, snrDb = Infinity }: Condition, runs: number): number {
  let right = 0
  for (let seed = 0; seed < runs; seed++) {
    for (const digit of dtmfDigits) {
      const sound = dtmfTones([digit], { sampleRate, toneMs: 50, pauseMs: 50, ...options })
      const tone = sound.subarray(0, sound.length / 2)
      const power = tone.reduce((sum, sample) => sum + sample * sample, 0) / tone.length
      const amplitude = Math.sqrt((3 * power) / 10 ** (snrDb / 10))
      const hiss = noise({ seed: 100 * seed + digit.charCodeAt(0), length: sound.length, amplitude })
      if (digitsIn(sound.map((sample, i) => sample + (hiss[i] ?? 0))) === digit) right++
    }
  }
  return right / (runs * dtmfDigits.length)
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Keys against the limits of ITU-T Q.24, and what of voices, crowds and music is taken for a key. */
export function dtmfFigures({ quick }: BenchOptions, { minutes, keys }: FalseAlarms): Table {
  const shares = conditions.map((condition) => ({
    ...condition,
    share: shareFound(condition, quick ? 2 : 20),
  }))
  const sharesOf = (asked: Condition['asked']): readonly number[] =>
    shares.filter((one) => one.asked === asked).map(({ share }) => share)
  const least = Math.min(...sharesOf('found'))
  const most = Math.max(...sharesOf('refused'))
  return {
    id: 'dtmf',
    title: 'Telephone keys found',
    columns: ['condition', 'found', 'asked for by ITU-T Q.24'],
    rows: shares.map(({ name, share, asked }) => [
      name,
      percent(share),
      asked === 'found' ? '100 %' : asked === 'refused' ? '0 %' : '',
    ]),
    targets: [
      target('keys found within the limits, the worst condition', {
        must: '100 %',
        measured: percent(least),
        reached: least === 1,
      }),
      target('keys found beyond the limits, the worst condition', {
        must: '0 %',
        measured: percent(most),
        reached: most === 0,
      }),
      target('false keys in voices, crowds and music', {
        must: '0',
        measured: `${keys} in ${minutes.toFixed(0)} min`,
        reached: keys === 0,
      }),
    ],
  }
}

/** Tones of exchanges: recognised as what, how soon, in noise. */
export function callProgressFigures({ quick }: BenchOptions, { minutes, tones }: FalseAlarms): Table {
  const runs = quick ? 1 : 8
  const results = callProgressPatterns.map((pattern) => {
    let right = 0
    let latestMs = 0
    for (let seed = 0; seed < runs; seed++) {
      // Listening begins anywhere in the first sound.
      const skip = Math.round(((seed * 0.9) / runs) * (pattern.cadence[0] ?? 1000) * 8)
      const tone = callProgressTone(pattern, { sampleRate, seconds: 8 }).subarray(skip)
      const power = (pattern.frequencies.length * 10 ** -1.6) / 2
      const hiss = noise({ seed, length: tone.length, amplitude: Math.sqrt(3 * power * 10 ** -1.5) })
      const heard = tone.map((sample, i) => sample + (hiss[i] ?? 0))
      const [first] = createCallProgressDetector({ sampleRate }).process(heard)
      if (first?.tone !== pattern.tone || first.region !== pattern.region) continue
      right++
      latestMs = Math.max(latestMs, first.atMs)
    }
    return { name: `${pattern.tone}, ${pattern.region}`, right, latestMs }
  })
  const right = results.reduce((sum, result) => sum + result.right, 0)
  const all = runs * results.length
  return {
    id: 'call-progress',
    title: 'Tones of exchanges with noise 15 dB under them',
    columns: ['tone', 'recognised', 'latest after, s'],
    rows: results.map((result) => [
      result.name,
      percent(result.right / runs),
      (result.latestMs / 1000).toFixed(1),
    ]),
    targets: [
      target('dial, ring-back, busy and congestion tones recognised, of three regions', {
        must: '100 %',
        measured: `${percent(right / all)} of ${all}`,
        reached: right === all,
      }),
      target('false tones in voices, crowds and music', {
        must: '0',
        measured: `${tones} in ${minutes.toFixed(0)} min`,
        reached: tones === 0,
      }),
    ],
  }
}

function target(
  figure: string,
  {
    must,
    measured,
    reached,
  }: { readonly must: string; readonly measured: string; readonly reached: boolean },
): Target {
  return { figure, must, measured, met: reached ? 'must' : 'missed' }
}
