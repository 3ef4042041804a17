import { byteLengthOf, createTranscoder, isSameFormat } from '@parley/audio'
import type { AudioFormat, Processor } from '@parley/audio'
import type { LeftOut } from '../../cassette/format.ts'

/** The format replays speak and hear; sessions turn it into whatever their client wants. */
export const replayFormat = { type: 'audio/pcm', rate: 24_000 } as const

/** Pitch (Hz) and height (of 32,767) of the tone that stands for an answer whose sound was left out: -32 dBFS. */
const toneHertz = 220
const toneHeight = 1160

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

  function tone(ms: number): Uint8Array {
    const bytes = new Uint8Array(byteLengthOf(replayFormat, ms))
    const view = new DataView(bytes.buffer)
    for (let offset = 0; offset < bytes.length; offset += 2, sample++) {
      const height = toneHeight * Math.sin((2 * Math.PI * toneHertz * sample) / replayFormat.rate)
      view.setInt16(offset, Math.round(height), true)
    }
    return bytes
  }

  return {
    next(bytes, format, leftOut) {
      if (leftOut) return tone(leftOut.ms)
      if (isSameFormat(format, replayFormat)) return bytes
      if (!transcoder || !from || !isSameFormat(from, format))
        transcoder = createTranscoder(format, replayFormat)
      from = format
      return joined(transcoder.process(bytes))
    },
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    result.set(chunk, offset)
    offset += chunk.length
  }
  return result
}
