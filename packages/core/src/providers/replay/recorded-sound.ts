import { concatBytes, createTranscoder, float32ToPcm16, isSameFormat } from '@parley/audio'
import { tone } from '@parley/audio/signals'
import type { AudioFormat, Processor } from '@parley/audio'
import type { LeftOut } from '../../cassette/format.ts'

/** The format replays speak and hear; sessions turn it into whatever their client wants. */
export const replayFormat = { type: 'audio/pcm', rate: 24_000 } as const

/** The tone that stands for an answer whose sound was left out: -32 dBFS. */
const toneHertz = 220
const toneAmplitude = 0.0354

/** One stream of recorded sound in the replay's format. */
export interface RecordedSound {
  /** Recorded bytes, or where they were left out a quiet tone that lasts as long. */
  next(bytes: Uint8Array, format: AudioFormat, leftOut: LeftOut | undefined): Uint8Array
}

/** Begins a stream. */
export function createRecordedSound(): RecordedSound {
  let transcoder: Processor<Uint8Array, Uint8Array> | undefined
  let from: AudioFormat | undefined
  let sample = 0

  function standIn(ms: number): Uint8Array {
    const sampleRate = replayFormat.rate
    const phase = (2 * Math.PI * toneHertz * sample) / sampleRate
    const length = Math.round((ms * sampleRate) / 1000)
    sample += length
    return float32ToPcm16(tone({ frequency: toneHertz, amplitude: toneAmplitude, sampleRate, length, phase }))
  }

  return {
    next(bytes, format, leftOut) {
      if (leftOut) return standIn(leftOut.ms)
      if (isSameFormat(format, replayFormat)) return bytes
      if (!transcoder || !from || !isSameFormat(from, format))
        transcoder = createTranscoder(format, replayFormat)
      from = format
      return concatBytes(transcoder.process(bytes))
    },
  }
}
