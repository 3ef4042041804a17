import { concatInt16 } from '@parley/audio'
import { waitUntil } from '../clock.ts'
import { soundRate } from '../sound/sound-file.ts'
import type { SpeakerSink } from './speaker.ts'

const frameMs = 20
const frameSamples = (soundRate * frameMs) / 1000

/** Answers as a listener hears them, one after the other at the pace of sound. */
export interface Playout {
  add(itemId: string, samples: Int16Array): void
  /** No more sound of this item will come. */
  finish(itemId: string): void
  /** Goes silent; gives what had been heard of the item that sounded. */
  cut(): { readonly itemId: string; readonly heardMs: number } | undefined
  readonly isSounding: boolean
  /** Everything that was heard, one answer after the other. */
  heard(): Int16Array
  /** Plays until the signal aborts. */
  run(signal: AbortSignal): Promise<void>
}

interface Piece {
  readonly itemId: string
  chunks: Int16Array[]
  isFinished: boolean
  /** Samples that were played. */
  played: number
}

/** Who is told of what is heard. */
export interface PlayoutObserver {
  /** The first sound of an item is heard. */
  readonly onStart: (itemId: string) => void
  /** An item was heard to its end, or cut. */
  readonly onEnd: (itemId: string) => void
}

/** Plays on a sink. */
export function createPlayout(sink: SpeakerSink, { onStart, onEnd }: PlayoutObserver): Playout {
  const pieces: Piece[] = []
  const heard: Int16Array[] = []
  let sounding: Piece | undefined

  /** The next frame of the oldest item, `undefined` while it has to wait for more. */
  function next(): Int16Array | undefined {
    const [piece] = pieces
    if (piece === undefined) return undefined
    const total = piece.chunks.reduce((sum, { length }) => sum + length, 0)
    const isEnough = piece.isFinished || (!sink.takesWhole && total >= frameSamples)
    if (!isEnough) return undefined
    if (total === 0) {
      pieces.shift()
      sounding = undefined
      onEnd(piece.itemId)
      return next()
    }
    if (sounding !== piece) {
      sounding = piece
      if (sink.takesWhole) sink.whole(concatInt16(piece.chunks))
      onStart(piece.itemId)
    }
    const all = concatInt16(piece.chunks)
    piece.chunks = [all.subarray(frameSamples)]
    piece.played += Math.min(frameSamples, all.length)
    return all.subarray(0, frameSamples)
  }

  return {
    add(itemId, samples) {
      const piece = pieces.find((other) => other.itemId === itemId)
      if (piece) piece.chunks.push(samples)
      else pieces.push({ itemId, chunks: [samples], isFinished: false, played: 0 })
    },
    finish(itemId) {
      const piece = pieces.find((other) => other.itemId === itemId)
      if (piece) piece.isFinished = true
    },
    cut() {
      const dropped = pieces.splice(0)
      const cutPiece = sounding ?? dropped[0]
      sounding = undefined
      if (cutPiece === undefined) return undefined
      sink.stop()
      const playedMs = (cutPiece.played / soundRate) * 1000
      return { itemId: cutPiece.itemId, heardMs: Math.max(0, Math.round(playedMs - sink.delayMs)) }
    },
    get isSounding() {
      return pieces.length > 0
    },
    heard: () => concatInt16(heard),
    async run(signal) {
      const silence = new Int16Array(frameSamples)
      let due = performance.now()
      while (!signal.aborted) {
        const frame = next()
        if (frame !== undefined) heard.push(frame)
        if (!sink.takesWhole) sink.frame(frame ?? silence)
        due = Math.max(due + frameMs, performance.now())
        await waitUntil(due, signal)
      }
    },
  }
}
