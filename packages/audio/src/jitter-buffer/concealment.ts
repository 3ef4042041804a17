import type { FrameDecoder } from './frame-decoder.ts'
import { findPeriod, longestLag } from './pitch.ts'

/** Sound that is repeated as it was for this long, then fades. */
const steadyMs = 10
const fadeMs = 50
const joinMs = 4

/** How payloads without a memory, such as G.711 or PCM, become samples. */
export interface PlainDecoderOptions {
  readonly sampleRate: number
  readonly decode: (payload: Uint8Array) => Float32Array
}

/**
 * Decoder for payloads that know nothing of each other. What is lost is the last pitch period again, fading to silence
 * within 60 ms, in the manner of G.711 appendix I; what comes next is faded in over it.
 */
export function createPlainDecoder(options: PlainDecoderOptions): FrameDecoder {
  const { sampleRate, decode } = options
  const joinSamples = Math.round((joinMs * sampleRate) / 1000)
  const historySamples = 3 * longestLag(sampleRate)
  const history = new Float32Array(historySamples)
  const period = new Float32Array(longestLag(sampleRate) + joinSamples)
  let lag = 0
  let concealed = 0
  /** How far the last sample heard lies from the one before the period; it dies away at the first turn. */
  let gap = 0

  function remember(samples: Float32Array): void {
    const kept = samples.subarray(Math.max(0, samples.length - historySamples))
    history.copyWithin(0, kept.length)
    history.set(kept, historySamples - kept.length)
  }

  /** Takes the last period, its end faded into what came before its beginning, so that it can go round. */
  function begin(): void {
    const window = longestLag(sampleRate)
    lag =
      findPeriod(history, { at: historySamples - window, window, sampleRate, direction: 'earlier' })?.lag ??
      window
    const join = Math.min(joinSamples, lag >> 1)
    const start = historySamples - lag
    for (let i = 0; i < lag; i++) {
      const fromEnd = lag - i
      const weight = fromEnd <= join ? 1 - (fromEnd - 0.5) / join : 0
      period[i] = (history[start + i] ?? 0) * (1 - weight) + (history[start - lag + i] ?? 0) * weight
    }
    gap = (history[historySamples - 1] ?? 0) - (history[start - 1] ?? 0)
  }

  function repeated(samples: number): Float32Array {
    if (concealed === 0) begin()
    const output = new Float32Array(samples)
    for (let i = 0; i < samples; i++) {
      const beyondMs = ((concealed + i) * 1000) / sampleRate - steadyMs
      const gain = Math.min(1, Math.max(0, 1 - beyondMs / fadeMs))
      const step = gap * Math.max(0, 1 - (concealed + i + 1) / joinSamples)
      output[i] = gain === 0 ? 0 : gain * ((period[(concealed + i) % lag] ?? 0) + step)
    }
    concealed += samples
    return output
  }

  return {
    sampleRate,
    decode(payload) {
      const decoded = decode(payload)
      // What was decoded may be kept by others.
      const samples = concealed > 0 ? decoded.slice() : decoded
      if (concealed > 0) {
        const over = repeated(Math.min(joinSamples, samples.length))
        for (let i = 0; i < over.length; i++) {
          const weight = (i + 0.5) / over.length
          samples[i] = (samples[i] ?? 0) * weight + (over[i] ?? 0) * (1 - weight)
        }
        concealed = 0
      }
      remember(samples)
      return samples
    },
    decodeLost(samples) {
      const made = repeated(samples)
      // A later loss repeats what was heard: beside sound that was not, it would have a step in it.
      remember(made)
      return made
    },
  }
}
