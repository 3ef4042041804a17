import type { Processor } from '../processor.ts'
import type { NoiseSuppressor } from './noise-suppressor.ts'

/** The same stretch of a stream twice, sample by sample: as it was, and with less noise. */
export interface SplitAudio {
  /** For the model, which was trained with noise and understands suppressed speech less well. */
  readonly raw: Float32Array
  /** For voice detection, which noise leads astray. */
  readonly suppressed: Float32Array
}

/** Splits a stream, and can leave a part of the noise in it. */
export interface SplitPath extends Processor<Float32Array, SplitAudio> {
  /** How much of the noise goes, from 0 to 1; 1 at first. Setting another value throws `RangeError`. */
  strength: number
}

/**
 * Splits a stream into two that are in step, whatever the suppressor's delay. Frees nothing: the suppressor belongs to
 * the caller.
 */
export function createSplitPath(suppressor: NoiseSuppressor): SplitPath {
  let waiting: Float32Array[] = []
  let strength = 1

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
    return parts.map((clean) => {
      const raw = takeRaw(clean.length)
      return { raw, suppressed: strength === 1 ? clean : mixed(raw, clean) }
    })
  }

  function mixed(raw: Float32Array, clean: Float32Array): Float32Array {
    return clean.map((sample, i) => strength * sample + (1 - strength) * (raw[i] ?? 0))
  }

  return {
    get strength() {
      return strength
    },
    set strength(value) {
      if (!(value >= 0 && value <= 1)) throw new RangeError(`strength must be between 0 and 1, got ${value}`)
      strength = value
    },
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
