import {
  createResampler,
  createTranscoder,
  float32ToPcm16,
  muLaw,
  pcm16ToFloat32,
  sampleRateOf,
  type AudioFormat,
} from '../../src/index.ts'
import { noise } from '../../src/testing/index.ts'
import { microsecondsInTurns } from '../in-turns.ts'
import type { BenchOptions, Table } from '../section.ts'

const pcm = (rate: number): AudioFormat => ({ type: 'audio/pcm', rate })
const pcmu: AudioFormat = { type: 'audio/pcmu' }

const pairs: readonly (readonly [name: string, from: AudioFormat, to: AudioFormat])[] = [
  ['mu-law > 16 bit, 24 kHz', pcmu, pcm(24_000)],
  ['16 bit, 24 kHz > mu-law', pcm(24_000), pcmu],
  ['16 bit, 24 kHz > 16 bit, 16 kHz', pcm(24_000), pcm(16_000)],
]

/** Formats and rates changed in one pass, and by a function for each step. */
export function transcoderTable({ quick }: BenchOptions): Table {
  const calls = pairs.flatMap(([, from, to]) => {
    const chunk = encode(from, noise({ seed: 1, length: sampleRateOf(from) / 50 }))
    const transcoder = createTranscoder(from, to)
    const resampler = createResampler({ from: sampleRateOf(from), to: sampleRateOf(to) })
    return [
      () => void transcoder.process(chunk),
      () => {
        for (const floats of resampler.process(decode(from, chunk))) encode(to, floats)
      },
    ]
  })
  const times = microsecondsInTurns(calls, { rounds: quick ? 7 : 101, calls: 500 })
  return {
    id: 'codecs-transcoder',
    title: 'Transcoder, microseconds for 20 ms',
    columns: ['formats', 'in one pass', 'step by step', 'x faster'],
    rows: pairs.map(([name], index) => {
      const onePass = times[2 * index] ?? NaN
      const steps = times[2 * index + 1] ?? NaN
      return [name, onePass.toFixed(2), steps.toFixed(2), (steps / onePass).toFixed(2)]
    }),
  }
}

function decode(format: AudioFormat, bytes: Uint8Array): Float32Array {
  return format.type === 'audio/pcm' ? pcm16ToFloat32(bytes) : muLaw.toFloat32(bytes)
}

function encode(format: AudioFormat, samples: Float32Array): Uint8Array {
  return format.type === 'audio/pcm' ? float32ToPcm16(samples) : muLaw.fromFloat32(samples)
}
