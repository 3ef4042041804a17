export { createLimiter, type Limiter, type LimiterOptions } from './limiter.ts'
export {
  createLoudnessMeter,
  silenceLufs,
  type LoudnessMeter,
  type LoudnessMeterOptions,
} from './loudness-meter.ts'
export {
  createLoudnessNormalizer,
  type LoudnessNormalizer,
  type LoudnessNormalizerOptions,
} from './loudness-normalizer.ts'
export { truePeak } from './true-peak.ts'
