import { byteLengthOf, concatBytes, durationMs, pcm16ToFloat32, transcodePieces } from '@parley/audio'
import type { AudioFormat } from '@parley/audio'
import type { Samples } from '../ports.ts'
import type { SoundSpan } from './sound-span.ts'

/** Rate of the sound given to a transcriber (Hz). */
const transcriberRate = 16_000

/** Most sound kept of one turn (ms): five minutes. */
const longestTurnMs = 300_000

/** Sound kept while nobody speaks (ms), from which the beginning of a turn is cut. */
const longestPauseMs = 10_000

/** Keeps what the backend was sent, so that a second engine can write it down. */
export interface Recorder {
  /** Takes sound the backend was sent; `speaking` is false while it is certain that no turn is under way. */
  hear(bytes: Uint8Array, format: AudioFormat, speaking: boolean): void
  /** What was heard so far is one turn, which the backend will name. */
  commit(): void
  clear(): void
  /** Gives an item its sound: the span of the session's sound, else the oldest committed turn, else all there is. */
  keep(itemId: string, span: SoundSpan | undefined): void
  /** The sound of an item, once. */
  take(itemId: string): Samples | undefined
}

interface Piece {
  readonly bytes: Uint8Array
  readonly format: AudioFormat
  readonly startMs: number
  readonly endMs: number
}

/** Most turns that wait for their item. */
const maxTurns = 16

/** Creates an empty recorder. */
export function createRecorder(): Recorder {
  let pieces: Piece[] = []
  let turns: readonly (readonly Piece[])[] = []
  let kept = new Map<string, readonly Piece[]>()
  let nowMs = 0

  function cut(span: SoundSpan | undefined): readonly Piece[] {
    if (span) {
      const inside = pieces.flatMap((piece) => within(piece, span))
      pieces = pieces.filter(({ endMs }) => endMs > span.endMs)
      return inside
    }
    const [turn, ...later] = turns
    if (turn) {
      turns = later
      return turn
    }
    const all = pieces
    pieces = []
    return all
  }

  return {
    hear(bytes, format, speaking) {
      const startMs = nowMs
      nowMs += durationMs(format, bytes.byteLength)
      const oldestMs = nowMs - (speaking ? longestTurnMs : longestPauseMs)
      pieces.push({ bytes, format, startMs, endMs: nowMs })
      while (pieces[0] && pieces[0].endMs <= oldestMs) pieces.shift()
    },
    commit() {
      turns = [...turns, pieces].slice(-maxTurns)
      pieces = []
    },
    clear() {
      pieces = []
    },
    keep(itemId, span) {
      kept = new Map([...kept, [itemId, cut(span)] as const].slice(-maxTurns))
    },
    take(itemId) {
      const sound = kept.get(itemId)
      kept.delete(itemId)
      return sound && samplesOf(sound)
    },
  }
}

function within(piece: Piece, { startMs, endMs }: SoundSpan): readonly Piece[] {
  const { bytes, format } = piece
  const from = byteLengthOf(format, Math.max(0, startMs - piece.startMs))
  const to = byteLengthOf(format, Math.max(0, endMs - piece.startMs))
  const inside = bytes.subarray(Math.min(from, bytes.length), Math.min(to, bytes.length))
  return inside.length === 0 ? [] : [{ ...piece, bytes: inside }]
}

function samplesOf(pieces: readonly Piece[]): Samples {
  const chunks = transcodePieces(pieces, { type: 'audio/pcm', rate: transcriberRate })
  return { samples: pcm16ToFloat32(concatBytes(chunks)), sampleRate: transcriberRate }
}
