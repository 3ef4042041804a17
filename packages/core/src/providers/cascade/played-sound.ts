import { concatFloat32, createResampler, pcm16ToFloat32 } from '@parley/audio'
import { wireRate } from './session-settings.ts'
import { listeningRate } from './utterance.ts'

/**
 * What a client plays of the sound it was sent: all of it in order, at the pace at which the sound of its microphone
 * comes in. That pace is the client's own clock, so neither a timer nor its word is needed.
 */
export interface PlayedSound {
  /** Takes PCM16 at 24 kHz that was sent `sinceMs` after the newest sound of the microphone came in. */
  send(bytes: Uint8Array, sinceMs: number): void
  /** What is played during the next `length` samples at 16 kHz, `undefined` when nothing is. */
  next(length: number): Float32Array | undefined
  /** The client has dropped what it had not played. */
  drop(): void
}

/** Sound kept for later; what a client is sent beyond it is not known as played (bytes): 5 minutes. */
const mostBytes = 300 * 2 * wireRate

/** Creates it for one client. */
export function createPlayedSound(): PlayedSound {
  const resampler = createResampler({ from: wireRate, to: listeningRate })
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  /** Samples of silence before what waits. */
  let silence = 0
  let ready = new Float32Array(0)

  /** More of what waits, where there is more. */
  function refill(): boolean {
    const bytes = waiting.shift()
    if (!bytes) return false
    waitingBytes -= bytes.length
    ready = concatFloat32([ready, ...resampler.process(pcm16ToFloat32(bytes))])
    return true
  }

  return {
    send(bytes, sinceMs) {
      if (waitingBytes + bytes.length > mostBytes) return
      if (waiting.length === 0 && ready.length === 0 && silence === 0)
        silence = Math.round((sinceMs * listeningRate) / 1000)
      waiting.push(bytes)
      waitingBytes += bytes.length
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
    drop() {
      waiting = []
      waitingBytes = 0
      silence = 0
      ready = new Float32Array(0)
      resampler.reset()
    },
  }
}
