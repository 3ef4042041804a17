import type { Processor } from '../processor.ts'
import { createKWeightingFilter } from './k-weighting.ts'
import { createLimiter, type LimiterOptions } from './limiter.ts'
import { powerToLufs } from './loudness-meter.ts'

/** Options of a normalizer. */
export interface LoudnessNormalizerOptions {
  readonly sampleRate: number
  /** Loudness of the voice that it aims at, in LUFS; -18 unless said otherwise. */
  readonly targetLufs?: number
  /** It never makes a voice louder or softer than by so much; 15 dB unless said otherwise. */
  readonly greatestGainDb?: number
  /** The gain moves by at most so much; 3 dB a second unless said otherwise. */
  readonly gainDbPerSecond?: number
  /** What is softer is not a voice and changes nothing; -50 LUFS unless said otherwise. */
  readonly gateLufs?: number
  /** Of the limiter behind it. */
  readonly limiter?: Omit<LimiterOptions, 'sampleRate'>
}

/** Brings voices of any loudness to one. */
export interface LoudnessNormalizer extends Processor<Float32Array, Float32Array> {
  /** Samples by which the output lags behind the input. */
  readonly delaySamples: number
  /** Gain at the moment, in dB. */
  readonly gainDb: number
}

const blockMs = 100
/** Blocks with a voice after which an old one counts a third. */
const memoryBlocks = 60
/** A block counts when it is at most this much softer than the voice so far, as between words. */
const voiceRange = 12

/**
 * Slow gain towards a target loudness, measured over blocks with a voice, and a true-peak limiter behind it. The first
 * blocks count fully, so that a voice is right after its first sentence.
 */
export function createLoudnessNormalizer(options: LoudnessNormalizerOptions): LoudnessNormalizer {
  const { sampleRate, targetLufs = -18, greatestGainDb = 15, gainDbPerSecond = 3, gateLufs = -50 } = options
  for (const [name, value] of Object.entries({ targetLufs, greatestGainDb, gainDbPerSecond, gateLufs })) {
    if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value}`)
  }
  const filter = createKWeightingFilter(sampleRate)
  const limiter = createLimiter({ sampleRate, ...options.limiter })
  const blockSamples = Math.max(1, Math.round((blockMs * sampleRate) / 1000))
  const stepDb = gainDbPerSecond / sampleRate
  let blocks = 0
  let power = 0
  let energy = 0
  let filled = 0
  let gainDb = 0
  let aimedDb = 0

  function endBlock(): void {
    const now = energy / blockSamples
    energy = 0
    filled = 0
    const lufs = powerToLufs(now)
    if (lufs < gateLufs || (blocks > 0 && lufs < powerToLufs(power) - voiceRange)) return
    blocks = Math.min(memoryBlocks, blocks + 1)
    power += (now - power) / blocks
    aimedDb = Math.max(-greatestGainDb, Math.min(greatestGainDb, targetLufs - powerToLufs(power)))
  }

  function reset(): void {
    filter.reset()
    limiter.reset()
    blocks = 0
    power = 0
    energy = 0
    filled = 0
    gainDb = 0
    aimedDb = 0
  }

  return {
    delaySamples: limiter.delaySamples,
    get gainDb() {
      return gainDb
    },
    process(chunk) {
      const louder = new Float32Array(chunk.length)
      for (let at = 0; at < chunk.length;) {
        const end = Math.min(chunk.length, at + blockSamples - filled)
        energy = filter.addEnergy(energy, chunk, { from: at, to: end })
        filled += end - at
        for (; at < end; at++) {
          gainDb += Math.max(-stepDb, Math.min(stepDb, aimedDb - gainDb))
          louder[at] = (chunk[at] ?? 0) * 10 ** (gainDb / 20)
        }
        if (filled === blockSamples) endBlock()
      }
      return limiter.process(louder)
    },
    flush() {
      const rest = limiter.flush()
      reset()
      return rest
    },
    reset,
  }
}
