import { createRnnoise, createSplitPath, type NoiseSuppressor } from '../../src/noise-suppression/index.ts'
import { concatFloat32, noise, randomlyCut } from '../../src/testing/signals.ts'
import { medianOf } from '../echo/score.ts'
import { talk } from '../echo/speech.ts'
import { createFlite } from '../noisy-speech/flite.ts'
import { createNoise, noiseKinds, type NoiseKind } from '../noisy-speech/noises.ts'
import { createSpeaker, type Speaker } from '../noisy-speech/talk.ts'
import type { BenchOptions, Table } from '../section.ts'
import { usForTenMs } from './cost.ts'

const sampleRate = 16_000
const voices = ['slt', 'rms', 'awb'] as const
const ratiosDb = [15, 5, 0]

/** Speech, and the same with noise. */
interface Mixture {
  readonly speech: Float32Array
  readonly mixed: Float32Array
}

const speakers = new Map<number, Promise<Speaker>>()

/** Who babbles, made once a seed. */
function speakerOf(seed: number): Promise<Speaker> {
  const speaker = speakers.get(seed) ?? createFlite().then((flite) => createSpeaker(flite, seed))
  speakers.set(seed, speaker)
  return speaker
}

async function mixture(
  kind: NoiseKind,
  { seed, seconds, ratioDb }: { readonly seed: number; readonly seconds: number; readonly ratioDb: number },
): Promise<Mixture> {
  const speech = await talk(voices[seed % 3] ?? 'slt', seconds, seed)
  const speaker = await speakerOf(seed)
  const sound = createNoise(kind, { speaker, seed, length: speech.length })
  const gain = Math.sqrt(power(speech) / power(sound) / 10 ** (ratioDb / 10))
  return { speech, mixed: speech.map((sample, i) => sample + gain * (sound[i] ?? 0)) }
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
}

/** Scale-invariant ratio of the speech to all that is not it, in dB (Le Roux and others 2019). */
function speechDb(speech: Float32Array, heard: Float32Array): number {
  let speechHeard = 0
  for (let i = 0; i < speech.length; i++) speechHeard += (speech[i] ?? 0) * (heard[i] ?? 0)
  const kept = speechHeard ** 2 / (power(speech) * speech.length)
  return 10 * Math.log10(kept / (power(heard) * heard.length - kept))
}

/** Level of what is heard while nobody speaks, in dB. */
function pausesDb(speech: Float32Array, heard: Float32Array): number {
  let sum = 0
  let count = 0
  for (let at = 0; at + 160 <= speech.length; at += 160) {
    if (power(speech.subarray(at, at + 160)) > 1e-8) continue
    sum += power(heard.subarray(at, at + 160))
    count++
  }
  return 10 * Math.log10(sum / count + 1e-12)
}

function suppressed(suppressor: NoiseSuppressor, mixed: Float32Array): Float32Array {
  suppressor.reset()
  return concatFloat32([...suppressor.process(mixed), ...suppressor.flush()])
}

/** Its high frequencies: the high-pass of RNNoise turns the phase of the lowest. */
function clear(samples: Float32Array): Float32Array {
  return samples.map((sample, i) => sample - 0.97 * (samples[i - 1] ?? 0))
}

/** Samples by which the suppressed side of a split path is late, and whether its raw side is the input. */
function stepOf(suppressor: NoiseSuppressor, speech: Float32Array): { late: number; isRaw: boolean } {
  const split = createSplitPath(suppressor)
  split.reset()
  const parts = [...randomlyCut(speech, 1).flatMap((piece) => [...split.process(piece)]), ...split.flush()]
  const raw = concatFloat32(parts.map((part) => part.raw))
  const heard = concatFloat32(parts.map((part) => part.suppressed))
  const [rawClear, heardClear] = [clear(raw), clear(heard)]
  const likeness = (shift: number): number => {
    let sum = 0
    for (let i = 400; i < raw.length - 400; i++) sum += (rawClear[i] ?? 0) * (heardClear[i + shift] ?? 0)
    return sum
  }
  const shifts = Array.from({ length: 801 }, (_, i) => i - 400)
  const late = shifts.reduce((best, shift) => (likeness(shift) > likeness(best) ? shift : best), 0)
  return { late, isRaw: raw.length === speech.length && raw.every((sample, i) => sample === speech[i]) }
}

/** Speech over noise before and after RNNoise, and what is left of the noise in pauses. */
export async function noiseSuppression({ quick }: BenchOptions): Promise<Table> {
  using suppressor = await createRnnoise({ sampleRate })
  const seeds = quick ? [1] : [1, 2, 3]
  const rows: string[][] = []
  const steadyGains: number[] = []
  for (const kind of noiseKinds) {
    for (const ratioDb of ratiosDb) {
      const gains: number[] = []
      const pauses: number[] = []
      for (const seed of seeds) {
        // oxlint-disable-next-line no-await-in-loop -- each mixture takes much memory
        const { speech, mixed } = await mixture(kind, { seed, seconds: quick ? 5 : 20, ratioDb })
        const output = suppressed(suppressor, mixed)
        gains.push(speechDb(speech, output) - speechDb(speech, mixed))
        pauses.push(pausesDb(speech, mixed) - pausesDb(speech, output))
      }
      if (ratioDb === 0 && (kind === 'white' || kind === 'pink')) steadyGains.push(...gains)
      rows.push([`${kind}, ${ratioDb} dB`, medianOf(gains).toFixed(1), medianOf(pauses).toFixed(1)])
    }
  }
  const gain = medianOf(steadyGains)
  const clean = await talk('slt', quick ? 2 : 8, 7)
  const kept = speechDb(clean, suppressed(suppressor, clean))
  const { late, isRaw } = stepOf(suppressor, clean)
  const hiss = noise({ seed: 1, length: 10 * sampleRate, amplitude: 0.1 })
  const us = usForTenMs(hiss, sampleRate, (chunk) => suppressor.process(chunk))
  return {
    id: 'noise-suppression',
    title: 'RNNoise at 16 kHz, the median of three voices',
    columns: ['noise, speech over it', 'gain in SI-SDR, dB', 'less noise in pauses, dB'],
    rows,
    targets: [
      {
        figure: 'gain in steady noise as loud as speech',
        must: '5 dB',
        measured: `${gain.toFixed(1)} dB`,
        met: gain >= 5 ? 'must' : 'missed',
      },
      {
        figure: 'speech without noise, over what the suppressor changes of it',
        must: '10 dB',
        measured: `${kept.toFixed(1)} dB`,
        met: kept >= 10 ? 'must' : 'missed',
      },
      {
        figure: 'suppressed stream against the raw one beside it, any chunking',
        must: '0 samples',
        measured: `${late} samples${isRaw ? '' : ', raw changed'}`,
        met: late === 0 && isRaw ? 'must' : 'missed',
      },
      {
        figure: 'cost of 10 ms, resampling both ways included',
        must: '250 us',
        measured: `${us.toFixed(0)} us`,
        met: us <= 250 ? 'must' : 'missed',
      },
    ],
  }
}
