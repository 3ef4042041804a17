import type { Processor } from '../processor.ts'
import type { NoiseSuppressor } from './noise-suppressor.ts'

/** The same stretch of a stream twice, sample by sample: as it was, and without noise. */
export interface SplitAudio {
  /** For the model, which was trained with noise and understands suppressed speech less well. */
  readonly raw: Float32Array
  /** For voice detection, which noise leads astray. */
  readonly suppressed: Float32Array
}

/**
 * Splits a stream into two that are in step, whatever the suppressor's delay. Frees nothing: the suppressor belongs to
 * the caller.
 */
export function createSplitPath(suppressor: NoiseSuppressor): Processor<Float32Array, SplitAudio> {
  let waiting: Float32Array[] = []

  /** The oldest `length` raw samples. */
  function takeRaw(length: number): Float32Array {
    const raw = new Float32Array(length)
    for (let at = 0; at < length;) {
      const [first = new Float32Array(length)] = waiting
      const part = first.subarray(0, length - at)
      raw.set(part, at)
      at += part.length
      if (part.length < first.length) waiting[0] = first.subarray(part.length)
      else waiting.shift()
    }
    return raw
  }

  function pair(parts: readonly Float32Array[]): readonly SplitAudio[] {
    return parts.map((suppressed) => ({ raw: takeRaw(suppressed.length), suppressed }))
  }

  return {
    process(chunk) {
      if (chunk.length > 0) waiting.push(chunk)
      return pair(suppressor.process(chunk))
    },
    flush() {
      const rest = pair(suppressor.flush())
      waiting = []
      return rest
    },
    reset() {
      suppressor.reset()
      waiting = []
    },
  }
}
