import type { Peaks } from './peaks.ts'

/** Loudest sample of each bin on an axis of time, 0 to 255; grows with the sound. */
export interface GrowingPeaks extends Peaks {
  /** Bins that hold something, from 0 on. */
  readonly length: number
  /** Lays sound over what is there; `at` is ms of its first sample. */
  add(at: number, samples: Int16Array): void
  /** Takes away what lies behind `at`. */
  cut(at: number): void
}

/** Peaks of no sound yet; `binMs` of whole samples. */
export function createGrowingPeaks({
  sampleRate,
  binMs,
}: {
  readonly sampleRate: number
  readonly binMs: number
}): GrowingPeaks {
  const binSamples = (sampleRate * binMs) / 1000
  let bins = new Uint8Array(1024)
  let length = 0
  return {
    get length() {
      return length
    },
    add(at, samples) {
      const offset = Math.max(0, Math.round((at * sampleRate) / 1000))
      const end = Math.ceil((offset + samples.length) / binSamples)
      if (end > bins.length) {
        const grown = new Uint8Array(Math.max(end, bins.length * 2))
        grown.set(bins)
        bins = grown
      }
      for (let i = 0; i < samples.length; i += 1) {
        const bin = Math.floor((offset + i) / binSamples)
        const loud = Math.min(255, Math.abs(samples[i] ?? 0) >> 7)
        if (loud > (bins[bin] ?? 0)) bins[bin] = loud
      }
      length = Math.max(length, end)
    },
    cut(at) {
      const keep = Math.max(0, Math.floor(at / binMs))
      if (keep >= length) return
      bins.fill(0, keep, length)
      length = keep
    },
    loudest(from, to) {
      const last = Math.min(length - 1, Math.max(Math.floor(from / binMs), Math.ceil(to / binMs) - 1))
      let loud = 0
      for (let bin = Math.max(0, Math.floor(from / binMs)); bin <= last; bin += 1) {
        loud = Math.max(loud, bins[bin] ?? 0)
      }
      return loud / 255
    },
  }
}
