import { meanSquare } from '../level.ts'

/** What the level is measured in. */
export interface LevelOverFloorOptions {
  readonly sampleRate: number
  readonly frameSamples: number
  /** The floor is never assumed lower (dBFS), so that digital silence does not make a hiss stand out. */
  readonly minFloorDbfs: number
}

/** Level of frames over the noise they stand in. */
export interface LevelOverFloor {
  /** Takes the next frame. */
  process(frame: Float32Array): void
  /** Level of the last frame over the noise in dB, `-Infinity` for digital silence. */
  readonly db: number
  /** Forgets the noise. */
  reset(): void
}

/** The floor is the lowest level of the last 2 s: shorter than any noise, longer than a syllable. */
const bucketMs = 250
const bucketCount = 8
/** Averages the level for the floor, so that one quiet frame of a noise does not pull it down. */
const floorSmoothingMs = 60
/** Assumed until 2 s were heard, -50 dBFS; lets a stream begin with speech. */
const initialFloor = 1e-5

/** Tracks the noise floor by its minimum. */
export function createLevelOverFloor(options: LevelOverFloorOptions): LevelOverFloor {
  const { sampleRate, frameSamples, minFloorDbfs } = options
  const minPower = 10 ** (minFloorDbfs / 10)
  const frameMs = (frameSamples * 1000) / sampleRate
  const smoothing = 1 - Math.exp(-frameMs / floorSmoothingMs)
  const framesPerBucket = Math.max(1, Math.round(bucketMs / frameMs))
  const minima = Array.from({ length: bucketCount }, () => initialFloor)
  let bucket = 0
  let framesInBucket = 0
  // Numbers with fractions are fields: these are written without an allocation, captured variables are not.
  const now = { smoothed: 0.5 }

  function floorAfter(power: number): number {
    now.smoothed = now.smoothed < 0 ? power : now.smoothed + smoothing * (power - now.smoothed)
    if (framesInBucket === framesPerBucket) {
      bucket = (bucket + 1) % bucketCount
      minima[bucket] = now.smoothed
      framesInBucket = 0
    }
    framesInBucket++
    minima[bucket] = Math.min(minima[bucket] ?? now.smoothed, now.smoothed)
    let floor = Infinity
    for (let i = 0; i < bucketCount; i++) floor = Math.min(floor, minima[i] ?? Infinity)
    return Math.max(floor, minPower)
  }

  const level = {
    db: 0.5,
    process(frame: Float32Array): void {
      // Nothing is louder than full scale: samples gone wild would lift the floor for many seconds.
      const power = Math.min(1, meanSquare(frame))
      level.db = 10 * Math.log10(power / floorAfter(power))
    },
    reset(): void {
      minima.fill(initialFloor)
      bucket = 0
      framesInBucket = 0
      now.smoothed = -1
      level.db = -Infinity
    },
  }
  level.reset()
  return level
}
