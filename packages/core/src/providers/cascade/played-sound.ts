import { concatFloat32, createResampler, pcm16ToFloat32 } from '@parley/audio'
import { wireRate } from './session-settings.ts'
import { listeningRate } from './utterance.ts'

/**
 * What a client plays of the sound it was sent: all of it in order, at the pace at which the sound of its microphone
 * comes in. That pace is the client's own clock, so neither a timer nor its word is needed.
 */
export interface PlayedSound {
  /** Takes PCM16 at 24 kHz of an item that was sent `sinceMs` after the newest sound of the microphone came in. */
  send(sound: SentSound, sinceMs: number): void
  /** What is played during the next `length` samples at 16 kHz, `undefined` when nothing is. */
  next(length: number): Float32Array | undefined
  /** The client has dropped what it had not played, of one item or of all. */
  drop(itemId?: string): void
}

/** A piece of an answer as it was sent. */
export interface SentSound {
  readonly itemId: string
  /** PCM16 at 24 kHz. */
  readonly bytes: Uint8Array
}

/** Sound kept for later; what a client is sent beyond it is not known as played (bytes): 5 minutes. */
const mostBytes = 300 * 2 * wireRate

/** Creates it for one client. */
export function createPlayedSound(): PlayedSound {
  const resampler = createResampler({ from: wireRate, to: listeningRate })
  let waiting: SentSound[] = []
  let waitingBytes = 0
  /** Samples of silence before what waits. */
  let silence = 0
  /** What comes next; it is of one item whenever somebody asks, because more is only taken once it is used up. */
  let ready = new Float32Array(0)
  let readyItem: string | undefined

  /** More of what waits, where there is more. */
  function refill(): boolean {
    const piece = waiting.shift()
    if (!piece) return false
    const { bytes, itemId } = piece
    waitingBytes -= bytes.length
    readyItem = itemId
    ready = concatFloat32([ready, ...resampler.process(pcm16ToFloat32(bytes))])
    return true
  }

  return {
    send(sound, sinceMs) {
      if (waitingBytes + sound.bytes.length > mostBytes) return
      if (waiting.length === 0 && ready.length === 0 && silence === 0)
        silence = Math.round((sinceMs * listeningRate) / 1000)
      waiting.push(sound)
      waitingBytes += sound.bytes.length
    },
    next(length) {
      const played = new Float32Array(length)
      const quiet = Math.min(silence, length)
      silence -= quiet
      while (ready.length < length - quiet && refill());
      if (quiet === 0 && ready.length === 0) return undefined
      const now = ready.subarray(0, length - quiet)
      played.set(now, quiet)
      ready = ready.subarray(now.length)
      return played
    },
    drop(dropped) {
      const isKept = (itemId: string | undefined): boolean => dropped !== undefined && itemId !== dropped
      waiting = waiting.filter(({ itemId }) => isKept(itemId))
      waitingBytes = waiting.reduce((sum, { bytes }) => sum + bytes.length, 0)
      if (!isKept(readyItem)) {
        ready = new Float32Array(0)
        resampler.reset()
      }
      if (waiting.length === 0 && ready.length === 0) silence = 0
    },
  }
}
