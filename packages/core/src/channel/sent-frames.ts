import type { Frame } from './codec.ts'

/** A frame of one direction with its number; the first is 1. */
export interface NumberedFrame {
  readonly number: number
  readonly frame: Frame
}

/** Frames sent and kept for a peer that may come back for them, numbered by count. */
export interface SentFrames {
  /** Number of the newest, 0 before the first. */
  readonly last: number
  /** Number of the newest that is gone: whoever comes back has to have it. */
  readonly gone: number
  /** Size of those the peer has not acknowledged. */
  readonly unacknowledgedBytes: number
  /** Gives its number. */
  push(frame: Frame): number
  /** The peer has everything up to `number`. */
  acknowledge(number: number): void
  /** Forgets the oldest until no more than `maxBytes` are kept. */
  shrink(maxBytes: number): void
  /** The kept ones after `number`, up to `upTo`. */
  after(number: number, upTo: number): readonly NumberedFrame[]
}

/**
 * Frames numbered from `sent + 1` on. Acknowledged ones are kept up to `spareBytes`, because what a peer's network has
 * taken is not always what the peer has seen.
 */
export function createSentFrames(sent: number, spareBytes: number): SentFrames {
  let frames: Frame[] = []
  // The frame at `first` has the number `gone + 1`.
  let first = 0
  let gone = sent
  let last = sent
  let acknowledged = sent
  let bytes = 0
  let unacknowledgedBytes = 0

  function forgetOldest(): void {
    const size = frames[first]?.length ?? 0
    first += 1
    gone += 1
    bytes -= size
    if (gone > acknowledged) {
      acknowledged = gone
      unacknowledgedBytes -= size
    }
    // Cut rarely, so that a long queue costs no shifting.
    if (first * 2 > frames.length) {
      frames = frames.slice(first)
      first = 0
    }
  }

  return {
    get last() {
      return last
    },
    get gone() {
      return gone
    },
    get unacknowledgedBytes() {
      return unacknowledgedBytes
    },
    push(frame) {
      frames.push(frame)
      bytes += frame.length
      unacknowledgedBytes += frame.length
      last += 1
      return last
    },
    acknowledge(number) {
      while (acknowledged < Math.min(number, last)) {
        unacknowledgedBytes -= frames[first + acknowledged - gone]?.length ?? 0
        acknowledged += 1
      }
      while (bytes - unacknowledgedBytes > spareBytes) forgetOldest()
    },
    shrink(maxBytes) {
      while (bytes > maxBytes && gone < last) forgetOldest()
    },
    after(number, upTo) {
      const from = Math.max(number, gone)
      return frames
        .slice(first + from - gone, first + Math.max(from, Math.min(upTo, last)) - gone)
        .map((frame, index) => ({ number: from + index + 1, frame }))
    },
  }
}
