import { byteLengthOf, durationMs } from '@parley/audio'
import type { AudioFormat } from '@parley/audio'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { SoundSpan } from './sound-span.ts'

/** The client's sound of late, so that a backend which has not heard it can be sent it. */
export interface SoundLog {
  /** Takes sound as the client sent it; `neededFromMs` is from where on it may be asked for. */
  add(audio: AudioPayload, format: AudioFormat, neededFromMs: number): void
  /** A stretch in ms from the start of all sound, in order. Sound that is no longer held is left out. */
  cut(span: SoundSpan): readonly AudioPayload[]
}

/** Most sound held, whatever is asked for (bytes): two minutes of 24 kHz PCM. */
const maxBytes = 6 * 1024 * 1024

interface Piece {
  readonly audio: AudioPayload
  readonly format: AudioFormat
  readonly startMs: number
  readonly endMs: number
}

/** Creates an empty log. */
export function createSoundLog(): SoundLog {
  let pieces: Piece[] = []
  let totalMs = 0
  let bytes = 0

  return {
    add(audio, format, neededFromMs) {
      const startMs = totalMs
      totalMs += durationMs(format, audio.byteLength)
      bytes += audio.byteLength
      pieces.push({ audio, format, startMs, endMs: totalMs })
      const kept = pieces.findIndex(({ endMs }) => endMs > neededFromMs)
      const old = kept === -1 ? pieces.length : kept
      let drop = old
      for (const { audio: gone } of pieces.slice(0, old)) bytes -= gone.byteLength
      while (bytes > maxBytes && drop < pieces.length - 1) bytes -= pieces[drop++]?.audio.byteLength ?? 0
      if (drop > 0) pieces = pieces.slice(drop)
    },
    cut: (span) => pieces.flatMap((piece) => within(piece, span)),
  }
}

function within({ audio, format, startMs, endMs }: Piece, span: SoundSpan): readonly AudioPayload[] {
  if (endMs <= span.startMs || startMs >= span.endMs) return []
  if (startMs >= span.startMs && endMs <= span.endMs) return [audio]
  const from = byteLengthOf(format, Math.max(0, span.startMs - startMs))
  const to = Math.min(audio.byteLength, byteLengthOf(format, Math.min(endMs, span.endMs) - startMs))
  const part = audio.bytes.subarray(from, to)
  return part.length === 0 ? [] : [AudioPayload.fromBytes(part)]
}
